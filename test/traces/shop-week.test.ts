import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitTraffic } from '../../src/traces/fit/fit-traffic.js';
import { trafficStatistics } from '../../src/traces/fit/likeness.js';
import { lookAlike } from '../../src/traces/fit/look-alike.js';
import { inGroups } from '../../src/traces/fit/traffic-statistics.js';
import { inspectTrace } from '../../src/traces/inspect-trace.js';
import { readCsvTrace } from '../../src/traces/read-csv-trace.js';
import { CROWD, SHOP, shopWeekCsv, shopWeekRates } from './shop-week.js';

const path = 'traces/shop-week.csv';
const data = join(process.env.HINDCAST_DATA ?? '../shared/data', 'traces');
const there = existsSync(data);
if (!there) console.log(`the fit of shop-week.csv is not checked: ${data} is not there`);

it('the committed trace is what the seeded model makes, byte for byte', () => {
  expect(shopWeekCsv() === readFileSync(path, 'utf8')).toBe(true);
});

it('the committed trace is a week by day and night, with a crowd on Thursday at 20:00', async () => {
  const trace = await readCsvTrace(path);
  expect(inspectTrace(trace)).toMatchObject({
    rows: 2016,
    gaps: 0,
    start: '2026-03-02T00:00:00Z',
    end: '2026-03-09T00:00:00Z',
  });
  expect(trace).toMatchObject({ unit: 'requests/s', binMicros: 300e6 });
  expect(inspectTrace(trace).periods[0]).toMatchObject({ seconds: 86_400 });
  const peak = trace.values.indexOf(Math.max(...trace.values));
  expect(peak * 5).toBeGreaterThanOrEqual(91 * 60 + 50);
  expect(peak * 5).toBeLessThan(91 * 60 + 80);
});

describe.runIf(there)('its figures are those of recorded traces', () => {
  const recorded = (name: string, unit: 'requests' | 'requests/s') =>
    readCsvTrace(join(data, name, `${name}.csv`), { unit });

  it('days, weeks and noise of a shop', async () => {
    const fit = fitTraffic(await recorded('ms-ecommerce-api', 'requests/s'));
    const { mean, ...figures } = lookAlike(fit).diurnal;
    expect(mean).toBe('70.2/s');
    expect(figures).toEqual(SHOP);
  });

  it('a crowd of minutes', async () => {
    const [only, ...others] = lookAlike(fitTraffic(await recorded('nasa-http-jul95', 'requests'))).flashCrowd;
    expect(others).toEqual([]);
    expect(only).toMatchObject(CROWD);
  });

  it('without its crowd it is a week like others of the shop: every statistic between the least and the most of nine in ten', async () => {
    const fit = fitTraffic(await recorded('ms-ecommerce-api', 'requests/s'));
    const weeks = Array.from({ length: Math.floor(fit.rates.length / 168) }, (_, i) =>
      trafficStatistics(fit.rates.subarray(i * 168, (i + 1) * 168), fit.binMicros),
    );
    expect(weeks.length).toBeGreaterThan(30);
    const hours = inGroups(shopWeekRates({ crowd: false }).ratePerSecond, 12);
    const ours = trafficStatistics(hours, fit.binMicros);
    for (const [name, value] of Object.entries(ours)) {
      if (name === 'mean') continue;
      const sorted = weeks.map((week) => week[name] ?? NaN).sort((a, b) => a - b);
      const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
      expect(value, name).toBeGreaterThanOrEqual(at(0.05));
      expect(value, name).toBeLessThanOrEqual(at(0.95));
    }
  });
});
