import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestBins } from '../../../src/traces/access-log/request-bins.js';

const START = 1_772_400_000e6;
const request = fc.record({ at: fc.nat(100_000_000), busy: fc.nat(30_000) });

/** Everything at once, bin by bin. */
function naive(requests: readonly { at: number; busy: number }[], bin: number): { first: number; counts: number[] } {
  const numbers = requests.map(({ at }) => Math.floor(at / bin));
  const first = Math.min(...numbers);
  const counts = new Array<number>(Math.max(...numbers) - first + 1).fill(0);
  for (const number of numbers) counts[number - first] += 1;
  return { first, counts };
}

describe('bins of requests', () => {
  it('hold every request at its own time, in whatever order they come and however the bins coarsen on the way', () => {
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 60 }), fc.constantFrom(1, 10, 60), (given, spread) => {
        // Milliseconds over up to 28 h, 11 days or 69 days.
        const requests = given.map(({ at, busy }) => ({ at: START + at * 1000 * spread, busy: busy * 1000 }));
        const bins = new RequestBins(null);
        for (const { at, busy } of requests) bins.add(at, busy);
        const span = Math.max(...requests.map(({ at }) => at)) - Math.min(...requests.map(({ at }) => at));
        const hours = span / 3600e6;
        const expected = hours <= 25 ? 1 : hours <= 180 ? 5 : hours <= 768 ? 10 : 30;
        expect(bins.binMicros).toBe(expected * 1e6);
        const { first, counts } = naive(requests, bins.binMicros);
        expect(bins.startMicros).toBe(first * bins.binMicros);
        const arrivals = bins.arrivals();
        expect(arrivals).toHaveLength(counts.length);
        expect(arrivals.every((count, i) => count === counts[i])).toBe(true);
      }),
      { seed: 8, numRuns: 100 },
    );
  });

  it('tell how many others were at work, whatever a request took itself', () => {
    const bins = new RequestBins(10e6);
    bins.add(START, 4e6);
    bins.add(START + 1e6, 12e6);
    expect(bins.othersAtWork(START, 4e6)).toBeCloseTo(0.9, 12);
    expect(bins.othersAtWork(START + 1e6, 12e6)).toBeCloseTo(0.4, 12);
    bins.add(START + 15e6, 1e6);
    // 3 s of the request before lie in this bin.
    expect(bins.othersAtWork(START + 15e6, 1e6)).toBeCloseTo(0.3, 12);
  });
});
