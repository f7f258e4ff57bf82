import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { normalQuantile } from '../../src/kernel/distributions.js';
import { Streams } from '../../src/kernel/streams.js';

const SAMPLES = 4 * 288;
const START = Date.UTC(2026, 2, 2) / 1000;

/** Four days of one container's usage, a sample every five minutes: CPU by day and night with noise that lasts, memory with what is cached. */
export function usageDays(): string {
  const random = new Streams(20_260_302).stream('noise', 'usage-days');
  let noise = 0;
  const rows = Array.from({ length: SAMPLES }, (_, i) => {
    const day = 1 + 0.6 * Math.cos((2 * Math.PI * (i - 14 * 12)) / 288);
    noise = 0.9 * noise + 0.06 * normalQuantile(random.uniform(i));
    const cpu = 24 * day * Math.exp(noise);
    const memoryKiB = (560 + 90 * (1 - Math.exp(-i / 200)) + 40 * day) * 1024;
    return `${START + 300 * i},${cpu.toFixed(2)},${Math.round(memoryKiB)}`;
  });
  return `timestamp_s,value,mem_used_kb\n${rows.join('\n')}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync('traces/usage-days.csv', usageDays());
}
