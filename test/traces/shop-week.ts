import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { normalQuantile } from '../../src/kernel/distributions.js';
import { Streams } from '../../src/kernel/streams.js';
import { formatCsvTrace } from '../../src/traces/format-csv-trace.js';
import { generateRates, generatorSchema } from '../../src/traces/generators/generator-spec.js';
import { resampleRates } from '../../src/traces/resample-rates.js';

const WEEK_MICROS = 7 * 86_400_000_000;
const FIVE_MINUTES_MICROS = 300_000_000;
/** Monday, 2026-03-02T00:00:00Z. */
const START_EPOCH_MICROS = 1_772_409_600_000_000;

/** The committed synthetic trace: a shop's week, with a flash crowd on Thursday evening. */
export function shopWeekCsv(): string {
  const spec = generatorSchema.parse({
    diurnal: {
      mean: '120/s',
      peakToMean: 1.8,
      peakAt: '18h',
      halfDay: { amplitude: '15%', peakAt: '8h' },
      week: { sat: 1.15, sun: 0.9 },
      noise: { sigma: '6%', correlation: '45m' },
    },
    flashCrowd: { at: '91h', ramp: '10m', magnitude: '4x', plateau: '20m', decay: '25m' },
  });
  const draws = new Streams(20260302).stream('noise', 'shop-week');
  const noise = (i: number) => normalQuantile(draws.uniform(i));
  const rates = generateRates(spec, WEEK_MICROS, noise, START_EPOCH_MICROS);
  return formatCsvTrace(resampleRates(rates, FIVE_MINUTES_MICROS), START_EPOCH_MICROS);
}

/** `npx tsx test/traces/shop-week.ts` writes the file anew; its test compares byte for byte. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../../traces/shop-week.csv', import.meta.url), shopWeekCsv());
}
