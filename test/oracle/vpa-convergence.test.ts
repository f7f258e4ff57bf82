import { describe, expect, test } from 'vitest';
import type { ContainerRecommendation } from '../../src/engine/vertical/vpa/vpa-recommendation.js';
import { VpaRecommender } from '../../src/engine/vertical/vpa/vpa-recommender.js';
import { micros } from '../../src/kernel/micros.js';
import { day, hour, minute, vpa } from '../engine/vertical/fixture.js';

const MiB = 2 ** 20;

/** A sample a minute of one pod. */
function feed(recommender: VpaRecommender, from: number, to: number, cpuMillis: number, memoryMiB: number): void {
  for (let at = from; at < to; at += minute) {
    recommender.observe({ pod: 'a', at: micros(at), cpuMillis, memoryMiB });
  }
}

function recommended(recommender: VpaRecommender, at: number): ContainerRecommendation {
  const outcome = recommender.recommend(micros(at));
  if (outcome.kind === 'none') throw new Error(outcome.reason);
  return outcome.containers[0];
}

/** End of the bucket of 5% growth that holds a value: first * (1.05^n - 1) / 0.05, worked out from the definition. */
function bucketEnd(value: number, first: number): number {
  let [end, size] = [0, first];
  while (end <= value) {
    end += size;
    size *= 1.05;
  }
  return end;
}

describe('VPA under a constant load of 400 millicores and 700 MiB, a sample a minute', () => {
  const recommender = new VpaRecommender(vpa());
  feed(recommender, 0, 2 * day, 400, 700);
  const { target, lower, upper, confidence, samples } = recommended(recommender, 2 * day);

  test('within two days the target is the percentile plus 15%, up to one bucket of 5%', () => {
    expect(target.cpuMillis).toBeGreaterThanOrEqual(400 * 1.15 - 1);
    expect(target.cpuMillis).toBeLessThanOrEqual(400 * 1.15 * 1.06);
    expect(target.memoryMiB).toBeGreaterThanOrEqual(700 * 1.15);
    expect(target.memoryMiB).toBeLessThanOrEqual(700 * 1.15 * 1.06);
  });

  test('to the millicore and to the byte it is the end of the bucket plus 15%, each cut off', () => {
    const cpu = Math.trunc(bucketEnd(0.4, 0.01) * 1000);
    expect(target.cpuMillis).toBe(cpu + Math.trunc(cpu * 0.15));
    const memory = Math.trunc(bucketEnd(700 * MiB, 1e7));
    expect(target.memoryMiB).toBe((memory + Math.trunc(memory * 0.15)) / MiB);
    // By hand: 0.01 * (1.05^n - 1) / 0.05 first exceeds 0.4 at n = 23 with 414.305 millicores: 414 + 62.
    expect(target.cpuMillis).toBe(476);
  });

  test('the bounds follow from two days of history: times 1 + 1/conf and times (1 + 0.001/conf)^-2', () => {
    const days = (2 * day - minute) / day;
    expect(samples).toBe(2880);
    expect(confidence.cpu).toBeCloseTo(days, 12);
    expect(upper.cpuMillis).toBe(Math.trunc(476 * (1 + 1 / days)));
    expect(lower.cpuMillis).toBe(Math.trunc(476 * (1 + 0.001 / days) ** -2));
  });

  test('after twelve hours the upper bound is three times the target, after a week 1.14 times', () => {
    const young = new VpaRecommender(vpa());
    feed(young, 0, 12 * hour, 400, 700);
    expect(recommended(young, 12 * hour).upper.cpuMillis).toBeCloseTo(476 * 3, -1);
    feed(young, 12 * hour, 7 * day, 400, 700);
    expect(recommended(young, 7 * day).upper.cpuMillis).toBeCloseTo(476 * (8 / 7), 0);
  });

  test('a load below the minimum of a pod gets the minimum: 25 millicores and 250 MiB', () => {
    const idle = new VpaRecommender(vpa());
    feed(idle, 0, 2 * day, 3, 40);
    expect(recommended(idle, 2 * day).target).toEqual({ cpuMillis: 25, memoryMiB: 250 });
  });

  test('a load that halves is forgotten by half-lives: after two days at 200 the 90th percentile is still 400, after four it is not', () => {
    const changing = new VpaRecommender(vpa());
    feed(changing, 0, 8 * day, 400, 700);
    feed(changing, 8 * day, 10 * day, 200, 700);
    // The old weight is 2^-2 / (1 - 2^-8 ...) of the whole: about 25%, more than the upper tenth.
    expect(recommended(changing, 10 * day).target.cpuMillis).toBe(476);
    feed(changing, 10 * day, 12 * day, 200, 700);
    // Now it is about 6%.
    expect(recommended(changing, 12 * day).target.cpuMillis).toBeLessThan(250);
  });

  test('a kill raises memory by 20%, at least 100 MiB, and shows in the target at once; a second kill at the same size does not', () => {
    const killed = new VpaRecommender(vpa());
    feed(killed, 0, hour, 100, 900);
    expect(killed.oom({ pod: 'a', at: micros(hour), memoryMiB: 1000 })).toBe(true);
    const bumped = Math.trunc(bucketEnd(1200 * MiB, 1e7));
    const first = recommended(killed, hour).target.memoryMiB;
    expect(first).toBe((bumped + Math.trunc(bumped * 0.15)) / MiB);
    expect(killed.oom({ pod: 'a', at: micros(hour + minute), memoryMiB: 1000 })).toBe(true);
    expect(recommended(killed, hour).target.memoryMiB).toBe(first);
  });

  test('before the first sample, and after eight days without one, it says why nothing is recommended', () => {
    const silent = new VpaRecommender(vpa());
    expect(silent.recommend(micros(0))).toEqual({ kind: 'none', at: 0, reason: 'no-samples' });
    feed(silent, 0, hour, 100, 500);
    expect(silent.recommend(micros(7 * day)).kind).toBe('recommended');
    expect(silent.recommend(micros(9 * day))).toEqual({ kind: 'none', at: 9 * day, reason: 'expired' });
    const off = new VpaRecommender(vpa({ containers: { main: { mode: 'Off' } } }));
    feed(off, 0, hour, 100, 500);
    expect(off.recommend(micros(hour))).toMatchObject({ kind: 'none', reason: 'off' });
  });

  test('every rule is named in order, with what it saw, memory in MiB', () => {
    const bounded = new VpaRecommender(vpa({ maxAllowed: { memory: '512Mi' }, roundUp: { cpu: '50m' } }));
    feed(bounded, 0, day, 400, 700);
    const { rules, target, uncapped } = recommended(bounded, day);
    expect(rules.cpu!.target.map(({ rule, after }) => [rule, after])).toEqual([
      ['percentile', 414],
      ['margin', 476],
      ['pod-minimum', 476],
      ['rounding', 500],
    ]);
    expect(rules.memory!.target.at(-1)).toEqual({
      rule: 'max-allowed',
      before: uncapped.memoryMiB,
      after: 512,
      numbers: { bound: 512 },
    });
    expect(rules.memory!.upper.map(({ rule }) => rule)).toEqual([
      'percentile',
      'margin',
      'confidence',
      'pod-minimum',
      'max-allowed',
    ]);
    expect(target).toEqual({ cpuMillis: 500, memoryMiB: 512 });
    expect(uncapped.memoryMiB).toBeGreaterThan(700 * 1.15);
  });
});
