import { describe, expect, test } from 'vitest';
import type { OutlierEjectionSpec } from '../../../src/domain/balancing-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { OutlierDetector } from '../../../src/sim/balancing/outlier-detector.js';
import { RoundRobin } from '../../../src/sim/requests/round-robin.js';

const usual: OutlierEjectionSpec = {
  consecutiveErrors: 5,
  intervalMicros: seconds(10),
  baseEjectionMicros: seconds(30),
  maxEjectionMicros: seconds(300),
  maxEjected: 0.1,
  panicThreshold: 0.5,
};

/** A detector before round robin over so many endpoints, with a clock to set. */
function detect(endpoints: number, changes: Partial<OutlierEjectionSpec> = {}) {
  const clock = Float64Array.of(0);
  const detector = new OutlierDetector({ ...usual, ...changes }, new RoundRobin(), clock);
  const all = Array.from({ length: endpoints }, (_, station) => ({ station, weight: 1 }));
  detector.route(all);
  return {
    detector,
    all,
    at: (second: number) => (clock[0] = second * 1e6),
    fail: (station: number, times = 5) => {
      for (let i = 0; i < times; i += 1) detector.failed(station);
    },
    /** Who is chosen in as many choices as there are endpoints, in order of number. */
    reached: () => [...new Set(all.map(() => detector.pick(0, 0)))].sort((a, b) => a - b),
  };
}

describe('an endpoint that fails in a row', () => {
  test('is out from the fifth failure on; a proper answer in between begins the count anew', () => {
    const { detector, fail, reached } = detect(4);
    fail(2, 4);
    detector.succeeded(2);
    fail(2, 4);
    expect(reached()).toEqual([0, 1, 2, 3]);
    fail(2, 1);
    expect(reached()).toEqual([0, 1, 3]);
    expect(detector.ejections).toBe(1);
  });

  test('comes back at the first look after base x times out: 12 s + 30 s is the look at 50 s, then 51 s + 60 s that at 120 s', () => {
    const { detector, at, fail, reached } = detect(4);
    at(12);
    fail(2);
    at(49.9);
    expect(reached()).toEqual([0, 1, 3]);
    at(50);
    expect(reached()).toEqual([0, 1, 2, 3]);
    at(51);
    fail(2);
    at(119.9);
    expect(detector.ejected).toBe(1);
    at(120);
    expect(detector.ejected).toBe(0);
  });

  test('is never out for longer than the maximum', () => {
    const { detector, at, fail } = detect(4, { maxEjectionMicros: seconds(50) });
    let now = 0;
    const out = [30, 50, 50].map((expected) => {
      fail(1);
      at(now + expected - 0.1);
      expect(detector.ejected).toBe(1);
      now += expected;
      at(now);
      return detector.ejected;
    });
    expect(out).toEqual([0, 0, 0]);
  });

  test('every look that finds it in service takes one ejection off: back at 30 s, the look at 40 s makes the next one the first again', () => {
    const { detector, at, fail } = detect(4);
    fail(1);
    at(45);
    expect(detector.ejected).toBe(0);
    fail(1);
    at(79.9);
    expect(detector.ejected).toBe(1);
    at(80);
    expect(detector.ejected).toBe(0);
  });

  test('is new again when it has left the list and come back', () => {
    const { detector, all, fail, reached } = detect(4);
    fail(3);
    detector.route(all.slice(0, 3));
    expect(detector.ejected).toBe(0);
    detector.route(all);
    expect(reached()).toEqual([0, 1, 2, 3]);
  });
});

describe('how many may be out', () => {
  test('10% of twenty are two; who is spared must fail as often again', () => {
    const { detector, fail } = detect(20);
    for (const station of [0, 1, 2]) fail(station);
    expect(detector.ejected).toBe(2);
    fail(2, 4);
    expect(detector.ejected).toBe(2);
  });

  test('one always may, also where 10% of the endpoints are less than one', () => {
    const { detector, fail } = detect(3);
    fail(0);
    fail(1);
    expect(detector.ejected).toBe(1);
  });

  test('none of nine may at 10% where one does not always, as with Envoy from 1.31 on; of ten one may', () => {
    const ejected = (endpoints: number): number => {
      const { detector, fail } = detect(endpoints, { alwaysEjectOne: false });
      fail(0, 50);
      fail(1);
      return detector.ejected;
    };
    expect([1, 3, 9, 10, 19, 20].map(ejected)).toEqual([0, 0, 0, 1, 1, 2]);
  });

  test('7% of a hundred are seven, whatever binary fractions make of it', () => {
    const { detector, fail } = detect(100, { maxEjected: 0.07 });
    for (let station = 0; station < 20; station += 1) fail(station);
    expect(detector.ejected).toBe(7);
  });
});

describe('panic', () => {
  test('with half of six left ejections hold; with two left everybody is sent requests again, until one is back', () => {
    const { detector, at, fail, reached } = detect(6, { maxEjected: 1 });
    for (const station of [0, 1, 2]) fail(station);
    expect(reached()).toEqual([3, 4, 5]);
    at(15);
    fail(3);
    expect(detector.ejected).toBe(4);
    expect(reached()).toEqual([0, 1, 2, 3, 4, 5]);
    at(30);
    expect(reached()).toEqual([0, 1, 2, 4, 5]);
  });

  test('what the ejected do in a panic is not held against them', () => {
    const { detector, at, fail } = detect(2, { maxEjected: 1, panicThreshold: 1 });
    fail(0);
    fail(0, 50);
    expect(detector.ejections).toBe(1);
    at(30);
    fail(0, 4);
    expect(detector.ejected).toBe(0);
  });

  test('a threshold of 0% never ignores ejections: there is nobody left', () => {
    const { detector, fail } = detect(2, { maxEjected: 1, panicThreshold: 0 });
    fail(0);
    fail(1);
    expect(detector.pick(0, 0)).toBe(-1);
  });
});
