import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GcCost, type GcLoad, type GcTraits, gcCost, traceSpeed } from '../../../src/domain/jvm/gc-cost.js';
import { squareRootHeap } from '../../../src/domain/jvm/square-root-heap.js';

const plain: GcTraits = { traceMiBPerCpuSecond: 1000, promotedShare: 1, youngMiB: null, stoppedShare: 1, threads: 4 };

function cost(load: GcLoad, traits: GcTraits = plain): GcCost {
  const result = gcCost(load, traits);
  if (result.outOfMemory) throw new Error(result.reason);
  return result;
}

/** Plays a heap collection by collection: allocates until it is full, traces what is live standing still, counts. */
function played({ liveMiB, heapMiB, allocationMiBPerSecond }: GcLoad, { traceMiBPerCpuSecond, threads }: GcTraits) {
  let [used, seconds, cpu, paused] = [liveMiB, 0, 0, 0];
  for (let collections = 0; collections < 1000; collections++) {
    seconds += (heapMiB - used) / allocationMiBPerSecond;
    cpu += liveMiB / traceMiBPerCpuSecond;
    paused += liveMiB / traceMiBPerCpuSecond / threads;
    used = liveMiB;
  }
  return { cores: cpu / (seconds + paused), pausedShare: paused / (seconds + paused) };
}

describe('the cost of collecting', () => {
  test('by hand: 500 MiB live in 1500 at 100 MiB/s is a collection after every 10 s, half a CPU-second each, a pause of 125 ms on four threads', () => {
    const result = cost({ liveMiB: 500, heapMiB: 1500, allocationMiBPerSecond: 100 });
    // 10 s of running, then 0.125 s of standing still.
    expect(result.fullPerSecond).toBeCloseTo(1 / 10.125, 12);
    expect(result.cpuCores).toBeCloseTo(0.5 / 10.125, 12);
    expect(result.fullPauseSeconds).toBeCloseTo(0.125, 12);
    expect(result.pausedShare).toBeCloseTo(0.125 / 10.125, 12);
  });

  test('is what a heap played collection by collection costs', () => {
    fc.assert(
      fc.property(
        fc.record({
          liveMiB: fc.double({ min: 1, max: 4000, noNaN: true }),
          heapMiB: fc.double({ min: 4100, max: 20_000, noNaN: true }),
          allocationMiBPerSecond: fc.double({ min: 1, max: 2000, noNaN: true }),
        }),
        (load) => {
          const { cores, pausedShare } = played(load, plain);
          expect(cost(load).cpuCores / cores).toBeCloseTo(1, 9);
          expect(cost(load).pausedShare).toBeCloseTo(pausedShare, 9);
        },
      ),
      { seed: 20261125, numRuns: 100 },
    );
  });

  test('grows without bound as the heap fills up, and ends in words where it is full', () => {
    const concurrent = { ...plain, stoppedShare: 0 };
    const at = (liveMiB: number) => cost({ liveMiB, heapMiB: 1000, allocationMiBPerSecond: 50 }, concurrent).cpuCores;
    expect(at(900) / at(500)).toBeCloseTo(9, 9);
    expect(at(990) / at(900)).toBeCloseTo(11, 9);
    expect(gcCost({ liveMiB: 1000, heapMiB: 1000, allocationMiBPerSecond: 50 }, plain)).toEqual({
      outOfMemory: true,
      reason: '1000 MiB stay in use, and the heap has room for 1000 MiB',
    });
    // A quarter of a second of tracing for 0.1 MiB, which lasts 2 ms: 99.2% of the time.
    expect(gcCost({ liveMiB: 999.9, heapMiB: 1000, allocationMiBPerSecond: 50 }, plain)).toEqual({
      outOfMemory: true,
      reason: 'collecting takes more than 98% of the time and frees less than 2% of the heap',
    });
  });

  test('with generations, what dies young costs little: a tenth that survives of 400 MiB/s is about a tenth of the work', () => {
    const load = { liveMiB: 500, heapMiB: 2000, allocationMiBPerSecond: 400 };
    const young = cost(load, { ...plain, promotedShare: 0.1, youngMiB: 500 });
    const running = 1 - young.pausedShare;
    expect(young.youngPerSecond).toBeCloseTo(0.8 * running, 12);
    expect(young.youngPauseSeconds).toBeCloseTo(0.0125, 12);
    // Old: 40 MiB/s into 1000 MiB, half a CPU-second each. Young: 50 MiB of survivors, 0.8 times a second.
    expect(young.cpuCores).toBeCloseTo((0.04 * 0.5 + 0.8 * 0.05) * running, 12);
    expect(young.pausedShare / running).toBeCloseTo(0.04 * 0.125 + 0.8 * 0.0125, 12);
    expect(young.cpuCores).toBeLessThan(cost(load).cpuCores);
  });

  test('a concurrent collector takes the same CPU for the same work and stops for its share only', () => {
    const load = { liveMiB: 500, heapMiB: 1500, allocationMiBPerSecond: 100 };
    const concurrent = cost(load, { ...plain, stoppedShare: 0.01 });
    const perWork = ({ cpuCores, pausedShare }: GcCost) => cpuCores / (1 - pausedShare);
    expect(perWork(concurrent)).toBeCloseTo(perWork(cost(load)), 12);
    expect(concurrent.fullPauseSeconds).toBeCloseTo(0.00125, 12);
    expect(traceSpeed(500, 0.125, 4)).toBe(1000);
  });

  test('the square-root rule is where a MiB more saves just the CPU it is worth', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 10, max: 5000, noNaN: true }),
        fc.double({ min: 1, max: 500, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e-3, noNaN: true }),
        (liveMiB, fillMiBPerSecond, cpuPerMiB) => {
          const heap = squareRootHeap({ liveMiB, fillMiBPerSecond, traceMiBPerCpuSecond: 1000, cpuPerMiB });
          const total = (heapMiB: number) =>
            cost({ liveMiB, heapMiB, allocationMiBPerSecond: fillMiBPerSecond }, { ...plain, threads: 1e9 }).cpuCores +
            cpuPerMiB * heapMiB;
          const room = heap - liveMiB;
          expect(total(heap)).toBeLessThanOrEqual(total(liveMiB + room * 0.9));
          expect(total(heap)).toBeLessThanOrEqual(total(liveMiB + room * 1.1));
        },
      ),
      { seed: 20261125, numRuns: 100 },
    );
  });
});
