import { describe, expect, test } from 'vitest';
import type { Recommendation } from '../../../../src/engine/policy/hpa/hpa-state.js';
import { stabilizeBoth } from '../../../../src/engine/policy/hpa/stabilize-both.js';
import { stabilizeDown } from '../../../../src/engine/policy/hpa/stabilize-down.js';
import { stabilizeOneSide } from '../../../../src/engine/policy/hpa/stabilize-one-side.js';
import { seconds } from '../../../../src/kernel/micros.js';
import { ago, now } from './examples.js';

const past = (replicas: number, secondsAgo: number): Recommendation => ({ replicas, at: ago(secondsAgo) });
const minutes5 = seconds(300);

describe('the window without behavior', () => {
  test('holds the highest recommendation in it and says which', () => {
    const { replicas, hold } = stabilizeDown([past(4, 100), past(9, 200), past(50, 301)], 3, minutes5, now);
    expect(replicas).toBe(9);
    expect(hold).toEqual({ direction: 'down', windowMicros: minutes5, held: past(9, 200) });
  });

  test('is no pause: it lets go as soon as the high recommendation is older', () => {
    expect(stabilizeDown([past(9, 300)], 3, minutes5, now).replicas).toBe(9);
    expect(stabilizeDown([past(9, 300.000001)], 3, minutes5, now)).toMatchObject({ replicas: 3, hold: null });
  });

  test('never holds on the way up', () => {
    expect(stabilizeDown([past(4, 10)], 12, minutes5, now).replicas).toBe(12);
  });

  test('uses the last expired slot of the log again', () => {
    const log = [past(1, 400), past(2, 350), past(3, 10)];
    expect(stabilizeDown(log, 7, minutes5, now).log).toEqual([past(1, 400), { replicas: 7, at: now }, past(3, 10)]);
    expect(stabilizeDown([past(3, 10)], 7, minutes5, now).log).toHaveLength(2);
  });
});

describe('the windows with behavior', () => {
  const windows = { current: 5, desired: 8, upMicros: minutes5, downMicros: minutes5, now };

  test('on the way up hold the lowest recommendation', () => {
    const { replicas, hold } = stabilizeBoth([past(6, 100), past(7, 50)], windows);
    expect(replicas).toBe(6);
    expect(hold).toEqual({ direction: 'up', windowMicros: minutes5, held: past(6, 100) });
  });

  test('on the way down hold the highest recommendation', () => {
    const { replicas, hold } = stabilizeBoth([past(4, 100)], { ...windows, desired: 2 });
    expect(replicas).toBe(4);
    expect(hold).toMatchObject({ direction: 'down', held: past(4, 100) });
  });

  test('keep the replicas while recommendations waver around them, where v1.20 moved against the wish', () => {
    const log = [past(3, 100)];
    expect(stabilizeBoth(log, { ...windows, desired: 6 }).replicas).toBe(5);
    expect(stabilizeOneSide(log, { ...windows, desired: 6 }).replicas).toBe(3);
  });

  test('do not count an entry that is exactly as old', () => {
    expect(stabilizeBoth([past(6, 300)], windows)).toMatchObject({ replicas: 8, hold: null });
    expect(stabilizeOneSide([past(6, 300)], windows)).toMatchObject({ replicas: 8, hold: null });
  });

  test('use a slot again when it is older than both', () => {
    const log = [past(6, 200)];
    const short = { ...windows, upMicros: seconds(60) };
    expect(stabilizeBoth(log, short).log).toHaveLength(2);
    expect(stabilizeBoth(log, { ...short, downMicros: seconds(60) }).log).toEqual([{ replicas: 8, at: now }]);
  });
});
