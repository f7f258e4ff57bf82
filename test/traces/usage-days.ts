import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { normalQuantile } from '../../src/kernel/distributions.js';
import { Streams } from '../../src/kernel/streams.js';
import { generateRates, generatorSchema } from '../../src/traces/generators/generator-spec.js';
import { resampleRates } from '../../src/traces/resample-rates.js';

const DAYS = 4;
const FIVE_MINUTES_MICROS = 300_000_000;
/** Monday, 2026-03-02T00:00:00Z. */
const START_EPOCH_MICROS = 1_772_409_600_000_000;

/** Days and noise of CPU and of memory: those of the machines of `alibaba2018-machines`, times on the recording's own clock. */
export const MACHINES = {
  cpu: {
    peakToMean: 1.25,
    peakAt: '256m',
    halfDay: { amplitude: '4.73%', peakAt: '120m' },
    noise: { sigma: '18.1%', correlation: '101m' },
  },
  memory: {
    peakToMean: 1.01,
    peakAt: '1032m',
    halfDay: { amplitude: '0.429%', peakAt: '240m' },
    noise: { sigma: '2.62%', correlation: '148m' },
  },
};

/** Chosen: the levels, and what is the busiest time of the day, which the recording does not tell. */
const CPU_PERCENT = 24;
const MEMORY_MIB = 680;
const SHIFT_MINUTES = 14 * 60 - 256;

/** Four days of one container's usage, a sample every five minutes. */
export function usageDays(): string {
  const cpu = series(MACHINES.cpu, CPU_PERCENT, 'cpu');
  const memory = series(MACHINES.memory, MEMORY_MIB, 'memory');
  const rows = Array.from(cpu, (percent, i) => {
    const at = (START_EPOCH_MICROS + i * FIVE_MINUTES_MICROS) / 1e6;
    return `${at},${percent.toFixed(2)},${Math.round(memory[i] * 1024)}`;
  });
  return `timestamp_s,value,mem_used_kb\n${rows.join('\n')}\n`;
}

function series(figures: (typeof MACHINES)[keyof typeof MACHINES], mean: number, what: string): Float64Array {
  const { peakAt, halfDay } = figures;
  const spec = generatorSchema.parse({
    diurnal: {
      ...figures,
      mean: `${mean}/s`,
      peakAt: later(peakAt, 1440),
      halfDay: { ...halfDay, peakAt: later(halfDay.peakAt, 720) },
    },
  });
  const draws = new Streams(20_260_302).stream('noise', `usage-days/${what}`);
  const noise = (i: number): number => normalQuantile(draws.uniform(i));
  return resampleRates(generateRates(spec, DAYS * 86_400_000_000, noise, START_EPOCH_MICROS), FIVE_MINUTES_MICROS)
    .ratePerSecond;
}

function later(minutes: string, period: number): string {
  return `${(parseInt(minutes, 10) + SHIFT_MINUTES) % period}m`;
}

/** `npx tsx test/traces/usage-days.ts` writes the file anew; its test compares byte for byte. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../../traces/usage-days.csv', import.meta.url), usageDays());
}
