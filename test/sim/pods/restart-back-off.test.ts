import { expect, test } from 'vitest';
import { type Micros, micros, seconds } from '../../../src/kernel/micros.js';
import { type BackOffEntry, restartAfterExit } from '../../../src/sim/pods/restart-back-off.js';

/** Waits in seconds of a container that runs for so many seconds each time. */
function waits(runs: readonly number[], backOff: { initial: number; max: number } | null): number[] {
  const habits = {
    restartDelayMicros: seconds(7),
    ...(backOff === null
      ? {}
      : { crashLoopBackOff: { initialMicros: seconds(backOff.initial), maxMicros: seconds(backOff.max) } }),
  };
  let now: Micros = micros(0);
  let entry: BackOffEntry | null = null;
  return runs.map((run) => {
    const restart = restartAfterExit(habits, entry, micros(now + run * 1e6));
    now = micros(now + run * 1e6 + restart.waitMicros);
    entry = restart.entry;
    return restart.waitMicros / 1e6;
  });
}

test('a crashing container waits not at all, then 10 s, 20 s, ... up to five minutes', () => {
  const runs = Array<number>(9).fill(3);
  expect(waits(runs, { initial: 10, max: 300 })).toEqual([0, 10, 20, 40, 80, 160, 300, 300, 300]);
  expect(waits(runs, { initial: 1, max: 60 })).toEqual([0, 1, 2, 4, 8, 16, 32, 60, 60]);
});

test('everything is forgotten when it has run for more than ten minutes', () => {
  expect(waits([3, 3, 3, 600, 3, 600.1, 3, 3], { initial: 10, max: 300 })).toEqual([0, 10, 20, 40, 80, 0, 10, 20]);
});

test('a fixed delay stays what it is', () => {
  expect(waits([1, 1, 1000, 1], null)).toEqual([7, 7, 7, 7]);
});
