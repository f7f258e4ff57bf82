import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { micros } from '../../../src/kernel/micros.js';
import { type Arrival, serveSharing } from './station-bench.js';
import { tickedScheduler } from './ticked-scheduler.js';

const MS = 1000;
const oneCore = { cores: 1, periodMicros: micros(100 * MS) };

function together(count: number, cpu: number): readonly Arrival[] {
  return Array.from({ length: count }, () => ({ at: 0, cpu }));
}

describe('threads under a CPU quota', () => {
  test('eight cores, a limit of one, 20 ms each: four at once are done at 20 ms', () => {
    expect(serveSharing(together(4, 20 * MS), 8, oneCore).ends).toEqual([20, 20, 20, 20].map((end) => end * MS));
  });

  test('eight at once use the quota up at 12.5 ms and are done at 107.5 ms', () => {
    expect(new Set(serveSharing(together(8, 20 * MS), 8, oneCore).ends)).toEqual(new Set([107.5 * MS]));
  });

  test('fluid sharing of one core would say 80 and 160 ms', () => {
    expect(new Set(serveSharing(together(4, 20 * MS), 1).ends)).toEqual(new Set([80 * MS]));
    expect(new Set(serveSharing(together(8, 20 * MS), 1).ends)).toEqual(new Set([160 * MS]));
  });

  test('a thread alone is never throttled at a limit of one core, and takes 3.1 periods at a third', () => {
    expect(serveSharing(together(1, 350 * MS), 8, oneCore).ends).toEqual([350 * MS]);
    const third = { cores: 0.3, periodMicros: micros(100 * MS) };
    expect(serveSharing(together(1, 100 * MS), 8, third).ends).toEqual([310 * MS]);
  });

  test('what a period leaves is lost: a thread that comes late in it has no more than the rest of the quota', () => {
    const arrivals = [
      { at: 0, cpu: 1 * MS },
      { at: 90 * MS, cpu: 200 * MS },
      { at: 90 * MS, cpu: 200 * MS },
    ];
    expect(serveSharing(arrivals, 8, oneCore).ends).toEqual([1, 440, 440].map((end) => end * MS));
  });

  test('CPU time used is the work done, however it was throttled', () => {
    fc.assert(
      fc.property(arrivalsOf(25), fc.integer({ min: 1, max: 8 }), quotas, (arrivals, cores, quota) => {
        const { ends, cpuMicros } = serveSharing(arrivals, cores, quota);
        const work = arrivals.reduce((sum, { cpu }) => sum + cpu, 0);
        expect(Math.abs(cpuMicros - work)).toBeLessThan(arrivals.length * (cores + 1));
        ends.forEach((end, i) => expect(end).toBeGreaterThanOrEqual(arrivals[i].at + arrivals[i].cpu));
      }),
      { seed: 51, numRuns: 300 },
    );
  });

  test('a scheduler that goes millisecond by millisecond agrees to within a turn of its threads, but for those a period cuts off', () => {
    let near = 0;
    let all = 0;
    fc.assert(
      fc.property(arrivalsOf(14), fc.integer({ min: 1, max: 6 }), quotas, (arrivals, cores, quota) => {
        const turn = (Math.ceil(arrivals.length / cores) + 1) * MS;
        const ticked = tickedScheduler(arrivals, cores, quota);
        serveSharing(arrivals, cores, quota).ends.forEach((end, i) => {
          const gap = Math.abs(end - ticked[i]);
          expect(gap).toBeLessThanOrEqual(turn + quota.periodMicros);
          all += 1;
          if (gap <= turn) near += 1;
        });
      }),
      { seed: 52, numRuns: 200 },
    );
    expect(near / all).toBeGreaterThan(0.9);
  });
});

const quotas = fc.record({
  cores: fc.constantFrom(0.2, 0.5, 1, 1.5, 2, 4),
  periodMicros: fc.constantFrom(micros(100 * MS), micros(50 * MS)),
});

function arrivalsOf(most: number) {
  const one = fc.record({ at: fc.integer({ min: 0, max: 400 }), cpu: fc.integer({ min: 1, max: 60 }) });
  return fc
    .array(one, { minLength: 1, maxLength: most })
    .map((all) => all.map(({ at, cpu }) => ({ at: at * MS, cpu: cpu * MS })).sort((a, b) => a.at - b.at));
}
