import { describe, expect, test } from 'vitest';
import type { Forecast } from '../../../src/domain/forecast.js';
import type { Observation } from '../../../src/domain/observation.js';
import { forecasters } from '../../../src/engine/predict/forecasters.js';
import type { Forecaster, ForecasterDefinition } from '../../../src/engine/ports.js';
import { micros, seconds } from '../../../src/kernel/micros.js';
import { horizons, observed, workload } from '../fixture.js';

function make(definition: ForecasterDefinition, written: unknown = {}): Forecaster {
  return definition.create(definition.schema.parse(written), workload());
}

/** Observes and forecasts once a minute and gives all forecasts. */
function run(forecaster: Forecaster, rates: readonly number[], ...ahead: number[]): Forecast[] {
  return rates.map((rate, minute) => {
    forecaster.observe(observed(minute * 60, rate));
    return forecaster.forecast(seconds(minute * 60), horizons(...ahead));
  });
}

/** Days in minutes: a wave, a day long unless said otherwise, with noise that repeats after a prime number of minutes. */
function daily(days: number, period = 1440): number[] {
  return Array.from(
    { length: days * 1440 },
    (_, i) => 100 + 50 * Math.sin((i / period) * 2 * Math.PI) + ((i * 37) % 11),
  );
}

const settings: readonly (readonly [string, ForecasterDefinition, unknown])[] = [
  ['persistence', forecasters.persistence, { leastResiduals: 20 }],
  ['seasonal-naive', forecasters['seasonal-naive'], { season: '6h', leastResiduals: 20 }],
];

describe('every forecaster', () => {
  test.each(settings)('%s: what comes later changes no forecast made before', (_, definition, written) => {
    const rates = daily(1);
    const cut = 1000;
    const whole = run(make(definition, written), rates, 300, 1800);
    const truncated = run(make(definition, written), rates.slice(0, cut), 300, 1800);
    const other = run(
      make(definition, written),
      [...rates.slice(0, cut), ...rates.slice(cut).map((r) => r * 9)],
      300,
      1800,
    );
    expect(truncated).toEqual(whole.slice(0, cut));
    expect(other.slice(0, cut)).toEqual(truncated);
    expect(other.slice(cut)).not.toEqual(whole.slice(cut));
    expect(truncated[cut - 1].abstained).toBeNull();
  });

  test.each(settings)(
    '%s: quantiles are in order, not negative, and cover what they promise',
    (_, definition, written) => {
      const rates = daily(2, 360);
      const all = run(make(definition, written), rates, 300);
      let covered = 0;
      let judged = 0;
      all.forEach(({ points }, i) => {
        const rate = points[0]?.rate;
        if (rate == null || i + 5 >= rates.length) return;
        const { q05, q50, q90, q95, q99 } = rate;
        expect([0, q05, q50, q90, q95, q99]).toEqual([0, q05, q50, q90, q95, q99].sort((a, b) => a - b));
        judged += 1;
        if (rates[i + 5] <= q95) covered += 1;
      });
      expect(judged).toBeGreaterThan(2000);
      expect(covered / judged).toBeGreaterThan(0.93);
    },
  );

  test.each(settings)(
    '%s: the same observation again, a stale one and garbage teach nothing',
    (_, definition, written) => {
      const rates = daily(1);
      const clean = make(definition, written);
      const dirty = make(definition, written);
      clean.forecast(seconds(0), horizons(300));
      dirty.forecast(seconds(0), horizons(300));
      rates.forEach((rate, minute) => {
        const sample = observed(minute * 60, rate);
        clean.observe(sample);
        dirty.observe(sample);
        const at = micros(sample.at + 30e6);
        const stale: Observation = { ...observed(minute * 60, 1e9), at, newestSampleAt: at, status: 'stale' };
        dirty.observe(stale);
        dirty.observe({ ...observed(minute * 60, 1e9), at });
      });
      const at = seconds(86_370);
      expect(clean.forecast(at, horizons(300)).abstained).toBeNull();
      expect(dirty.forecast(at, horizons(300))).toEqual(clean.forecast(at, horizons(300)));
      dirty.observe(observed(86_400, NaN));
      const after = dirty.forecast(seconds(86_400), horizons(300));
      expect(after.points[0]?.rate?.q50).not.toBeNaN();
    },
  );
});

describe('persistence', () => {
  test('says how much it needs until it has it', () => {
    const all = run(make(forecasters.persistence, { leastResiduals: 20 }), daily(1).slice(0, 40), 300);
    expect(make(forecasters.persistence).forecast(seconds(0), horizons(300)).abstained).toBe('needs samples, has 0');
    expect(all[10]).toMatchObject({
      abstained: 'needs 20 realised forecasts, one a minute, has 0.2 h and 6',
      points: [],
      confidence: null,
    });
    expect(all.findIndex(({ abstained }) => abstained === null)).toBe(24);
  });

  test('a point is the newest value; a horizon it cannot judge yet has none', () => {
    const all = run(make(forecasters.persistence, { leastResiduals: 20 }), daily(1).slice(0, 60), 300, 3600);
    const { points, confidence, anomaly } = all[59];
    expect(points[0].rate?.q50).toBe(daily(1)[59]);
    expect(points[0].memoryMiB).toEqual({ q05: 200, q50: 200, q90: 200, q95: 200, q99: 200 });
    expect(points[1]).toMatchObject({ horizonMicros: seconds(3600), rate: null });
    expect(confidence).toBeGreaterThan(0.9);
    expect(anomaly).toBeNull();
  });

  test('after two minutes without a sample it does not take the last one for now', () => {
    const forecaster = make(forecasters.persistence, { leastResiduals: 20 });
    run(forecaster, daily(1).slice(0, 60), 300);
    expect(forecaster.forecast(seconds(59 * 60 + 120), horizons(300)).abstained).toBeNull();
    expect(forecaster.forecast(seconds(59 * 60 + 121), horizons(300)).abstained).toBe(
      'has no sample near the instant it would copy',
    );
  });

  test('hand-worked quantiles of few: of the residuals 1 to 20 the 19th and the 20th', () => {
    const forecaster = make(forecasters.persistence, { leastResiduals: 20 });
    let level = 1000;
    const rates = [level];
    for (let step = 1; step <= 20; step += 1) rates.push((level += (step * 8) % 21));
    const last = run(forecaster, rates, 60)[20];
    expect(last.points[0].rate).toMatchObject({ q50: level, q90: level + 19, q95: level + 20, q99: level + 20 });
  });

  test('hand-worked quantiles: residuals 1 to 99 give the 95th and the 99th', () => {
    const forecaster = make(forecasters.persistence);
    let level = 1000;
    const rates = [level];
    for (let step = 1; step <= 99; step += 1) rates.push((level += (step * 17) % 100));
    const last = run(forecaster, rates, 60)[99];
    expect(last.points[0].rate).toEqual({
      q05: level,
      q50: level,
      q90: level + 90,
      q95: level + 95,
      q99: level + 99,
    });
  });
});

describe('seasonal-naive', () => {
  test('copies the value of a season ago, and abstains before it has one and its residuals', () => {
    const rates = daily(1);
    const all = run(make(forecasters['seasonal-naive'], { season: '6h', leastResiduals: 20 }), rates, 300);
    expect(all[100].abstained).toBe('needs 6.3 h of history with 20 realised forecasts, one a minute, has 1.7 h and 0');
    expect(all.findIndex(({ abstained }) => abstained === null)).toBe(360 + 19);
    expect(all[1000].points[0].rate?.q50).toBe(rates[1000 + 5 - 360]);
  });

  test('a season is a day unless said otherwise, between 5m and 2w', () => {
    const { schema } = forecasters['seasonal-naive'];
    expect(schema.parse({})).toEqual({ seasonMicros: 86_400e6, leastResiduals: 99 });
    expect(schema.safeParse({ season: '1m' }).success).toBe(false);
    expect(schema.safeParse({ season: '3w' }).success).toBe(false);
    expect(schema.safeParse({ seasons: '1d' }).success).toBe(false);
  });
});

test('none abstains', () => {
  const forecaster = make(forecasters.none);
  forecaster.observe(observed(0, 1));
  expect(forecaster.forecast(seconds(0), horizons(300))).toMatchObject({
    abstained: 'no forecaster configured',
    points: [],
  });
});
