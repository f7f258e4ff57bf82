import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RateSeries } from '../../src/domain/rate-series.js';
import { normalQuantile } from '../../src/kernel/distributions.js';
import { Streams } from '../../src/kernel/streams.js';
import { formatCsvTrace } from '../../src/traces/format-csv-trace.js';
import { generateRates, generatorSchema } from '../../src/traces/generators/generator-spec.js';
import { resampleRates } from '../../src/traces/resample-rates.js';

const WEEK_MICROS = 7 * 86_400_000_000;
const FIVE_MINUTES_MICROS = 300_000_000;
/** Monday, 2026-03-02T00:00:00Z. */
const START_EPOCH_MICROS = 1_772_409_600_000_000;

/** The days and weeks of a shop: what `hindcast trace fit ms-ecommerce-api` says of it. */
export const SHOP = {
  peakToMean: 1.34,
  peakAt: '1236m',
  halfDay: { amplitude: '7.01%', peakAt: '124m' },
  week: { sun: 1.16, mon: 0.905, tue: 0.912, wed: 0.884, thu: 0.913, fri: 1.03, sat: 1.2 },
  noise: { sigma: '12.9%', correlation: '305m' },
};

/** How a crowd comes and goes within minutes: the only one that `hindcast trace fit nasa-http-jul95` finds, on the day of a launch. */
export const CROWD = { ramp: '55m', magnitude: '4.48x', plateau: '20m', decay: '5m' };

/** Chosen: the level, and when the crowd comes. */
const MEAN = '120/s';
const CROWD_AT = '91h';

/** The shop's week in bins of five minutes. */
export function shopWeekRates({ crowd }: { readonly crowd: boolean }): RateSeries {
  const spec = generatorSchema.parse({
    diurnal: { mean: MEAN, ...SHOP },
    flashCrowd: crowd ? [{ at: CROWD_AT, ...CROWD }] : [],
  });
  const draws = new Streams(20260302).stream('noise', 'shop-week');
  const noise = (i: number) => normalQuantile(draws.uniform(i));
  return resampleRates(generateRates(spec, WEEK_MICROS, noise, START_EPOCH_MICROS), FIVE_MINUTES_MICROS);
}

/** The committed synthetic trace: a shop's week, with a flash crowd on Thursday evening. */
export function shopWeekCsv(): string {
  return formatCsvTrace(shopWeekRates({ crowd: true }), START_EPOCH_MICROS);
}

/** `npx tsx test/traces/shop-week.ts` writes the file anew; its test compares byte for byte. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../../traces/shop-week.csv', import.meta.url), shopWeekCsv());
}
