import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { expectedCount } from '../domain/expected-count.js';
import type { RateSeries } from '../../src/domain/rate-series.js';
import { normalQuantile } from '../../src/kernel/distributions.js';
import { Streams } from '../../src/kernel/streams.js';
import { flashCrowd } from '../../src/traces/generators/flash-crowd.js';
import { generateRates, generatorSchema } from '../../src/traces/generators/generator-spec.js';

const HOUR = 3.6e9;
const DAY = 24 * HOUR;
const quiet = () => {
  throw new Error('no noise was asked for');
};
const generate = (written: unknown, duration: number, noise: (i: number) => number = quiet) =>
  generateRates(generatorSchema.parse(written), duration, noise);
const mass = (series: RateSeries) => series.ratePerSecond.reduce((sum, _, i) => sum + expectedCount(series, i), 0);
const at = (series: RateSeries, instant: number) =>
  series.ratePerSecond[series.edgesMicros.findLastIndex((edge) => edge <= instant)];

function expectSound(series: RateSeries, duration: number): void {
  expect(series.edgesMicros.length).toBe(series.ratePerSecond.length + 1);
  expect([series.edgesMicros[0], series.edgesMicros.at(-1)]).toEqual([0, duration]);
  expect(
    series.edgesMicros.every((edge, i) => Number.isInteger(edge) && (i === 0 || edge > series.edgesMicros[i - 1])),
  ).toBe(true);
  expect(series.ratePerSecond.every((rate) => Number.isFinite(rate) && rate >= 0)).toBe(true);
}

describe('shapes', () => {
  it('a constant is one bin', () => {
    expect(generate({ constant: '12/m' }, HOUR)).toEqual({
      edgesMicros: Float64Array.of(0, HOUR),
      ratePerSecond: Float64Array.of(0.2),
    });
  });

  it('a step has exact edges', () => {
    const series = generate({ step: { from: '100/s', to: '400/s', at: '10m', until: '15m' } }, HOUR);
    expect([...series.edgesMicros]).toEqual([0, 600e6, 900e6, HOUR]);
    expect([...series.ratePerSecond]).toEqual([100, 400, 100]);
    expect([...generate({ step: { from: '1/s', to: '4/s', at: '0s' } }, HOUR).ratePerSecond]).toEqual([4]);
    expect([...generate({ step: { from: '1/s', to: '4/s', at: '2h' } }, HOUR).ratePerSecond]).toEqual([1]);
  });

  it('a ramp is cut by the second and keeps the mass of its line', () => {
    const series = generate({ ramp: { from: '0/s', to: '600/s', start: '10m', over: '10m' } }, HOUR);
    expect(series.ratePerSecond.length).toBe(602);
    expect(mass(series)).toBeCloseTo(600 * 300 + 600 * 2400, 6);
    expect(at(series, 900e6)).toBeCloseTo(300.5, 9);
  });

  it('bases add up and flash crowds multiply the sum', () => {
    const crowd = { at: '10m', ramp: '0s', magnitude: '3x', plateau: '10m', decay: '0s' };
    const series = generate({ constant: '10/s', step: { from: '0/s', to: '5/s', at: '15m' }, flashCrowd: crowd }, HOUR);
    expect([...series.edgesMicros]).toEqual([0, 600e6, 900e6, 1200e6, HOUR]);
    expect([...series.ratePerSecond]).toEqual([10, 30, 45, 15]);
  });

  it('whatever is written, the series covers the run with sound bins', () => {
    const rate = fc.integer({ min: 0, max: 1000 }).map((value) => `${value}/s`);
    const time = fc.integer({ min: 0, max: 9000 }).map((value) => `${value}s`);
    const crowd = fc.record({
      at: time,
      ramp: time,
      magnitude: fc.integer({ min: 0, max: 20 }),
      plateau: time,
      decay: time,
    });
    const written = fc.record({
      constant: rate,
      step: fc.record({ from: rate, to: rate, at: time }),
      ramp: fc.record({ from: rate, to: rate, start: time, over: time }),
      diurnal: fc.record({ mean: rate, peakToMean: fc.double({ min: 1, max: 2.6, noNaN: true }) }),
      flashCrowd: fc.array(crowd, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(written, fc.integer({ min: 1, max: 5000 }), (spec, duration) => {
        expectSound(generate(spec, duration * 1e6), duration * 1e6);
      }),
      { seed: 21, numRuns: 60 },
    );
  });
});

describe('flash crowd', () => {
  const crowd = {
    atMicros: 600e6,
    rampMicros: 120e6,
    magnitude: 5,
    plateauMicros: 60e6,
    decayMicros: 300e6,
    shape: 'linear',
  } as const;

  it('rises, stays, and falls back by 1/e in its decay time', () => {
    const series = flashCrowd(crowd, HOUR);
    expectSound(series, HOUR);
    expect(at(series, 599e6)).toBe(1);
    expect(at(series, 659e6)).toBeCloseTo(1 + 4 * (59.5 / 120), 9);
    expect(at(series, 721e6)).toBe(5);
    expect(at(series, 780e6 + 300e6)).toBeCloseTo(1 + 4 * Math.exp(-300.5 / 300), 6);
    expect(at(series, HOUR - 1)).toBeCloseTo(1, 3);
  });

  it('climbs in an S with the same middle, the same ends and a steeper flank', () => {
    const linear = flashCrowd(crowd, HOUR);
    const logistic = flashCrowd({ ...crowd, shape: 'logistic' }, HOUR);
    const climb = (series: RateSeries) => Array.from({ length: 120 }, (_, i) => at(series, (600 + i) * 1e6));
    expect(mass(logistic)).toBeCloseTo(mass(linear), 6);
    expect(climb(logistic).every((value, i, all) => i === 0 || value > all[i - 1])).toBe(true);
    const steepest = (values: number[]) => Math.max(...values.slice(1).map((value, i) => value - values[i]));
    expect(steepest(climb(logistic)) / steepest(climb(linear))).toBeGreaterThan(2.5);
  });

  it('cuts a ramp of days into a bounded number of bins', () => {
    expect(flashCrowd({ ...crowd, rampMicros: 10 * DAY }, 20 * DAY).ratePerSecond.length).toBe(
      1 + 10_000 + 1 + 2764 + 1,
    );
  });
});

describe('diurnal traffic', () => {
  const written = { mean: '200/s', peakToMean: 1.6, peakAt: '20h', week: { sat: 0.5, sun: 0.25 } };

  it('has its mean over whole weeks and its peak where it is wanted', () => {
    const series = generate({ diurnal: written }, 14 * DAY);
    expectSound(series, 14 * DAY);
    expect(mass(series) / (14 * 86_400)).toBeCloseTo(200, 6);
    const monday = series.ratePerSecond.slice(0, 8640);
    const mondayMean = monday.reduce((sum, rate) => sum + rate, 0) / 8640;
    expect(Math.max(...monday) / mondayMean).toBeCloseTo(1.6, 5);
    expect(monday.indexOf(Math.max(...monday))).toBeGreaterThanOrEqual(7199);
    expect(at(series, 5 * DAY + 20 * HOUR) / at(series, 20 * HOUR)).toBeCloseTo(0.5, 9);
    expect(at(series, 6 * DAY + 20 * HOUR) / at(series, 20 * HOUR)).toBeCloseTo(0.25, 9);
  });

  it('follows the calendar when the run has one', () => {
    const spec = generatorSchema.parse({ diurnal: written });
    const sunday = 3 * DAY;
    expect(at(generateRates(spec, DAY, quiet, sunday), HOUR)).toBeCloseTo(
      at(generate({ diurnal: written }, 7 * DAY), 6 * DAY + HOUR),
      9,
    );
  });

  it('reaches peaks that one wave cannot, without a negative night', () => {
    for (const peakToMean of [1, 2, 2.3, 2.66]) {
      const series = generate({ diurnal: { mean: '100/s', peakToMean } }, DAY);
      expectSound(series, DAY);
      expect(Math.max(...series.ratePerSecond)).toBeCloseTo(100 * peakToMean, 2);
      expect(mass(series) / 86_400).toBeCloseTo(100, 6);
    }
  });

  it('carries log-normal noise of the strength and correlation asked for, around the same mean', () => {
    const draws = new Streams(1).stream('noise', 'web');
    const noise = (i: number) => normalQuantile(draws.uniform(i));
    const flat = { mean: '100/s', peakToMean: 1, noise: { sigma: '20%', correlation: '1h' } };
    const series = generate({ diurnal: flat, bin: '2m' }, 60 * DAY, noise);
    const logs = series.ratePerSecond.map((rate) => Math.log(rate / 100) + 0.02);
    const moment = (lag: number) =>
      logs.subarray(lag).reduce((sum, value, i) => sum + value * logs[i], 0) / (logs.length - lag);
    expect(mass(series) / (60 * 86_400)).toBeGreaterThan(99);
    expect(mass(series) / (60 * 86_400)).toBeLessThan(101);
    expect(Math.sqrt(moment(0))).toBeCloseTo(0.2, 2);
    expect(Math.abs(moment(30) / moment(0) - Math.exp(-1))).toBeLessThan(0.05);
    const longer = generate({ diurnal: flat, bin: '2m' }, 61 * DAY, noise);
    expect(series.ratePerSecond.every((rate, i) => rate === longer.ratePerSecond[i])).toBe(true);
  });
});

describe('what users write', () => {
  it.each([
    [{}, /at least one of constant, step, ramp and diurnal/],
    [{ flashCrowd: { at: '1h', magnitude: 3 } }, /at least one of/],
    [{ constant: '200/s', burst: 1 }, /burst/],
    [{ constant: 200 }, /must be a rate, as 300\/s/],
    [{ step: { from: '1/s', to: '2/s', at: '10m', until: '10m' } }, /must be after at/],
    [{ diurnal: { mean: '1/s', peakToMean: 2.8 } }, /no negative rate, the lowest would be -0\.\d+ of the mean/],
    [{ diurnal: { mean: '1/s', peakToMean: 0.9 } }, /must be at least 1, was 0\.9/],
    [{ diurnal: { mean: '1/s', peakAt: '25h' } }, /time of day below 24h/],
    [{ diurnal: { mean: '1/s', week: { saturday: 2 } } }, /saturday/],
    [
      { diurnal: { mean: '1/s', week: { sun: 0, mon: 0, tue: 0, wed: 0, thu: 0, fri: 0, sat: 0 } } },
      /a day with traffic/,
    ],
    [{ constant: '1/s', bin: '0s' }, /must be above 0/],
  ])('refuses %o', (written, message) => {
    const result = generatorSchema.safeParse(written);
    expect(result.success ? '' : z.prettifyError(result.error)).toMatch(message);
  });

  it('documents every field', () => {
    const undocumented: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (key === 'properties') {
          for (const [name, field] of Object.entries(value as Record<string, { description?: string }>)) {
            if (field.description === undefined) undocumented.push(`${path}.${name}`);
          }
        }
        visit(value, `${path}.${key}`);
      }
    };
    const document = z.toJSONSchema(generatorSchema, { io: 'input' });
    visit(document, '');
    expect(Object.keys(document.properties ?? {})).toContain('diurnal');
    expect(undocumented).toEqual([]);
  });
});
