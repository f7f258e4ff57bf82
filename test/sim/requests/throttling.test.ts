import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { micros } from '../../../src/kernel/micros.js';
import { noCpuTally, PERIODS, STOPPED, THROTTLED } from '../../../src/sim/requests/cpu-tally.js';
import { type Arrival, serveSharing } from './station-bench.js';

const MS = 1000;

function counted(arrivals: readonly Arrival[], cores: number, limit: number) {
  const tally = noCpuTally();
  const { ends } = serveSharing(arrivals, cores, { cores: limit, periodMicros: micros(100 * MS) }, tally);
  return { periods: tally[PERIODS], throttled: tally[THROTTLED], stopped: tally[STOPPED], end: Math.max(...ends) };
}

function together(count: number, cpu: number): Arrival[] {
  return Array.from({ length: count }, () => ({ at: 0, cpu }));
}

describe('throttled periods are counted as cAdvisor counts them', () => {
  test('eight threads of 20 ms at a limit of one are stopped from 12.5 ms to the end of the first of two periods', () => {
    const { periods, throttled, stopped } = counted(together(8, 20 * MS), 8, 1);
    expect([periods, throttled]).toEqual([2, 1]);
    expect(stopped).toBeCloseTo(87.5 * MS, 3);
  });

  test('whoever stays within the limit never is, and whoever needs three times as much is in every period but the last', () => {
    expect(counted(together(1, 350 * MS), 8, 1)).toMatchObject({ periods: 4, throttled: 0, stopped: 0 });
    const { periods, throttled, stopped } = counted(together(1, 100 * MS), 8, 0.3);
    expect([periods, throttled]).toEqual([4, 3]);
    expect(stopped).toBeCloseTo(210 * MS, 3);
  });

  test('whoever uses the quota up to the last microsecond and is done is not', () => {
    expect(counted(together(4, 25 * MS), 8, 1)).toMatchObject({ periods: 1, throttled: 0 });
  });

  test('time on the node is time that threads ran plus time they were stopped, however requests come', () => {
    const one = fc.record({ at: fc.integer({ min: 0, max: 900 }), cpu: fc.integer({ min: 1, max: 90 }) });
    const arrivals = fc
      .array(one, { minLength: 1, maxLength: 20 })
      .map((all) => all.map(({ at, cpu }) => ({ at: at * MS, cpu: cpu * MS })).sort((a, b) => a.at - b.at));
    fc.assert(
      fc.property(arrivals, fc.constantFrom(0.2, 0.5, 0.9), (given, limit) => {
        // On one core threads run for as long as they have CPU, so that the rest of the time with threads they are stopped.
        const { periods, throttled, stopped, end } = counted(given, 1, limit);
        let withThreads = 0;
        const tally = noCpuTally();
        const { ends, cpuMicros } = serveSharing(given, 1, { cores: limit, periodMicros: micros(100 * MS) }, tally);
        for (let at = 0; at < end; at += 500) {
          if (given.some((arrival, i) => arrival.at <= at && ends[i] > at)) withThreads += 500;
        }
        expect(Math.abs(withThreads - cpuMicros - stopped)).toBeLessThan(1100 * given.length);
        expect(throttled).toBeLessThanOrEqual(periods);
        expect(stopped).toBeLessThanOrEqual(throttled * 100 * MS * (1 - limit) + given.length + throttled);
      }),
      { seed: 81, numRuns: 200 },
    );
  });
});
