import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CounterRate } from '../../../src/engine/collect/counter-rate.js';

/** Keeps every sample and looks for the first one in the window. */
function naiveRate(samples: readonly { at: number; value: number }[], window: number): number | null {
  const newest = samples[samples.length - 1];
  const inside = samples.findIndex(({ at }) => at >= newest.at - window);
  const lonely = inside === samples.length - 1 && inside > 0;
  const first = lonely && newest.at - samples[inside - 1].at <= 2 * window ? inside - 1 : inside;
  let increase = 0;
  for (let i = first + 1; i < samples.length; i += 1) {
    const { value } = samples[i];
    increase += value >= samples[i - 1].value ? value - samples[i - 1].value : value;
  }
  const span = newest.at - samples[first].at;
  return span === 0 ? null : (increase / span) * 1e6;
}

const WINDOW = 60_000_000;

describe('CounterRate', () => {
  test('equals the naive rate over all samples, restarts included, while samples are not thinned', () => {
    const sample = fc.record({ gap: fc.integer({ min: 4_000_000, max: 150_000_000 }), value: fc.nat(1_000_000) });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 60 }), (gaps) => {
        const rate = new CounterRate(WINDOW);
        const samples: { at: number; value: number }[] = [];
        let at = 0;
        for (const { gap, value } of gaps) {
          at += gap;
          samples.push({ at, value });
          rate.push(at, value);
          const expected = naiveRate(samples, WINDOW);
          if (expected === null) expect(rate.perSecond).toBeNull();
          else expect(rate.perSecond).toBeCloseTo(expected, 6);
        }
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  test('thinned to a fifteenth of the window, a steady counter still shows its rate over nearly the whole window', () => {
    const rate = new CounterRate(WINDOW);
    for (let at = 0; at <= 600_000_000; at += 250_000) rate.push(at, at * 3);
    expect(rate.perSecond).toBeCloseTo(3e6, 3);
    expect(rate.spanMicros).toBeLessThanOrEqual(WINDOW);
    expect(rate.spanMicros).toBeGreaterThan(WINDOW * (14 / 15));
  });
});
