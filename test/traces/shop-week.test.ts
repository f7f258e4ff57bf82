import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inspectTrace } from '../../src/traces/inspect-trace.js';
import { readCsvTrace } from '../../src/traces/read-csv-trace.js';
import { shopWeekCsv } from './shop-week.js';

const path = 'traces/shop-week.csv';

it('the committed trace is what the seeded model makes, byte for byte', () => {
  expect(shopWeekCsv() === readFileSync(path, 'utf8')).toBe(true);
});

it('the committed trace is a week by day and night, with a crowd on Thursday at 19:00', async () => {
  const trace = await readCsvTrace(path);
  expect(inspectTrace(trace)).toMatchObject({ rows: 2016, gaps: 0, start: '2026-03-02T00:00:00Z', end: '2026-03-09T00:00:00Z' });
  expect(trace).toMatchObject({ unit: 'requests/s', binMicros: 300e6 });
  expect(inspectTrace(trace).periods[0]).toMatchObject({ seconds: 86_400 });
  const peak = trace.values.indexOf(Math.max(...trace.values));
  expect(peak * 5).toBeGreaterThan(91 * 60);
  expect(peak * 5).toBeLessThan(91 * 60 + 40);
});
