import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../src/kernel/distributions.js';
import { Streams } from '../../../src/kernel/streams.js';
import { fitTraffic } from '../../../src/traces/fit/fit-traffic.js';
import { lookAlike, lookAlikeRates } from '../../../src/traces/fit/look-alike.js';
import { profileCorrelation } from '../../../src/traces/fit/likeness.js';
import { generateRates, generatorSchema } from '../../../src/traces/generators/generator-spec.js';
import { resampleRates } from '../../../src/traces/resample-rates.js';
import type { Trace } from '../../../src/traces/trace.js';

const DAY = 86_400_000_000;
/** Monday, 2026-03-02T00:00:00Z. */
const MONDAY = 1_772_409_600_000_000;
const BIN = 300_000_000;

function traceOf(words: unknown, days: number, seed: number): Trace {
  const draws = new Streams(seed).stream('noise', 'test');
  const noise = (i: number): number => normalQuantile(draws.uniform(i));
  const rates = resampleRates(generateRates(generatorSchema.parse(words), days * DAY, noise, MONDAY), BIN);
  return traceWith(rates.ratePerSecond);
}

function traceWith(values: Float64Array, parts: Partial<Trace> = {}): Trace {
  return {
    ...{ name: 'test', startEpochMicros: MONDAY, binMicros: BIN, values, unit: 'requests/s', rows: values.length },
    timesMicros: values.map((_, i) => i * BIN),
    ...{ gaps: 0, repaired: 0, notes: [], sha256: '' },
    ...parts,
  };
}

describe('fitting the diurnal model', () => {
  it('counts a crowd once: it is multiplied on top of a level that it has not raised', () => {
    const crowd = { at: '57h', ramp: '10m', magnitude: '10x', plateau: '6h', decay: '10m' };
    const recorded = traceOf({ constant: '100/s', flashCrowd: crowd }, 4, 1);
    const fit = fitTraffic(recorded);
    expect(fit.crowds).toHaveLength(1);
    expect(fit.mean / 100).toBeCloseTo(1, 1);
    const span = { durationMicros: 4 * DAY, startEpochMicros: MONDAY };
    const alike = resampleRates(lookAlikeRates(lookAlike(fit), span, 'test', 1), BIN).ratePerSecond;
    const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
    expect(mean(alike) / mean(recorded.values)).toBeGreaterThan(0.93);
    expect(mean(alike) / mean(recorded.values)).toBeLessThan(1.07);
  });

  it('finds the figures that a trace was made with', () => {
    const figures = fc.record({
      mean: fc.integer({ min: 20, max: 500 }),
      peak: fc.double({ min: 1.2, max: 1.7, noNaN: true }),
      hour: fc.integer({ min: 1, max: 22 }),
      weekend: fc.double({ min: 0.5, max: 1.4, noNaN: true }),
      sigma: fc.integer({ min: 3, max: 12 }),
      seed: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(figures, ({ mean, peak, hour, weekend, sigma, seed }) => {
        const fit = fitTraffic(
          traceOf(
            {
              diurnal: {
                ...{ mean: `${mean}/s`, peakToMean: peak, peakAt: `${hour}h` },
                week: { sat: weekend, sun: weekend },
                noise: { sigma: `${sigma}%`, correlation: '60m' },
              },
            },
            28,
            seed,
          ),
        );
        expect(fit.mean / mean).toBeCloseTo(1, 1);
        expect(Math.abs(fit.waves.dailyAmplitude - (peak - 1))).toBeLessThan(0.04);
        expect(Math.abs(fit.waves.dailyPeakMicros / 3.6e9 - hour)).toBeLessThan(0.7);
        expect(Math.abs(fit.dayWeights[6] / fit.dayWeights[2] / weekend - 1)).toBeLessThan(0.1);
        expect(Math.abs(fit.noise.sigma / (sigma / 100) - 1)).toBeLessThan(0.2);
        expect(fit.noise.correlationMicros / 3.6e9).toBeGreaterThan(0.6);
        expect(fit.noise.correlationMicros / 3.6e9).toBeLessThan(1.5);
        expect(profileCorrelation(fit.profile, fit.modelProfile)).toBeGreaterThan(0.97);
      }),
      { seed: 7, numRuns: 12 },
    );
  });

  it('finds a crowd where it was, and does not take it for noise', () => {
    const base = { mean: '100/s', peakToMean: 1.5, peakAt: '15h', noise: { sigma: '5%', correlation: '30m' } };
    const flashCrowd = { at: '105h', ramp: '20m', magnitude: '4x', plateau: '30m', decay: '20m' };
    const { crowds, noise } = fitTraffic(traceOf({ diurnal: base, flashCrowd }, 14, 3));
    expect(crowds).toHaveLength(1);
    expect(Math.abs(crowds[0].magnitude - 4)).toBeLessThan(0.6);
    expect(Math.abs(crowds[0].atMicros / 60e6 - 105 * 60)).toBeLessThanOrEqual(15);
    expect(Math.abs(crowds[0].plateauMicros / 60e6 - 30)).toBeLessThanOrEqual(15);
    expect(Math.abs(noise.sigma - 0.05)).toBeLessThan(0.015);
  });

  it('a look-alike is made of its words alone: the same seed gives the same rates, and the fit of it gives the words again', () => {
    const words = lookAlike(fitTraffic(traceOf({ diurnal: { mean: '80/s', peakToMean: 1.6, peakAt: '14h' } }, 21, 4)));
    const span = { durationMicros: 21 * DAY, startEpochMicros: MONDAY };
    const once = resampleRates(lookAlikeRates(words, span, 'x', 5), BIN);
    const twice = resampleRates(lookAlikeRates(words, span, 'x', 5), BIN);
    expect(Buffer.from(once.ratePerSecond.buffer).equals(Buffer.from(twice.ratePerSecond.buffer))).toBe(true);
    const again = lookAlike(fitTraffic(traceWith(once.ratePerSecond)));
    expect(Number.parseFloat(again.diurnal.mean) / Number.parseFloat(words.diurnal.mean)).toBeCloseTo(1, 1);
    expect(Math.abs(again.diurnal.peakToMean - words.diurnal.peakToMean)).toBeLessThan(0.05);
  });

  it('a night without anybody is flattened until it can be generated', () => {
    const values = Float64Array.from({ length: 288 * 14 }, (_, i) => (i % 288 > 144 && i % 288 < 180 ? 50 : 0));
    const words = lookAlike(fitTraffic(traceWith(values)));
    expect(generatorSchema.safeParse(words).success).toBe(true);
  });

  it.each([
    ['level', { unit: 'level' }, /must count requests/],
    ['empty', { values: new Float64Array(288 * 3) }, /must have a request to be fitted/],
    ['undated', { startEpochMicros: null }, /must have dates/],
    ['odd bins', { binMicros: 7 * 60e6 }, /must have bins that divide a day, was 420 s/],
    ['short', { values: new Float64Array(300).fill(1) }, /at least two days long to be fitted, was 1.04 days/],
  ] satisfies readonly (readonly [string, Partial<Trace>, RegExp])[])('refuses one that is %s', (_, parts, message) => {
    expect(() => fitTraffic(traceWith(new Float64Array(288 * 3).fill(1), parts))).toThrow(message);
  });
});
