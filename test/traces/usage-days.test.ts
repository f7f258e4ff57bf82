import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { micros } from '../../src/kernel/micros.js';
import { fitTraffic } from '../../src/traces/fit/fit-traffic.js';
import { lookAlike } from '../../src/traces/fit/look-alike.js';
import { readCsvTrace } from '../../src/traces/read-csv-trace.js';
import { MACHINES, usageDays } from './usage-days.js';

const recording = join(
  process.env.HINDCAST_DATA ?? '../shared/data',
  'traces/alibaba2018-machines/alibaba2018-machines.csv',
);
const there = existsSync(recording);
if (!there) console.log(`the fit of usage-days.csv is not checked: ${recording} is not there`);

it('the recording of usage that comes with the product is what its generator makes, byte for byte', () => {
  expect(usageDays() === readFileSync('traces/usage-days.csv', 'utf8')).toBe(true);
});

it.runIf(there)('its figures are those of recorded machines', async () => {
  const cpu = { ...(await readCsvTrace(recording, { unit: 'requests/s' })), startEpochMicros: micros(0) };
  const memory = readFileSync(recording, 'utf8').trim().split('\n').slice(1);
  const values = Float64Array.from(memory, (line) => Number(line.split(',')[2]));
  expect(lookAlike(fitTraffic(cpu)).diurnal).toMatchObject({ mean: '38.3/s', ...MACHINES.cpu });
  expect(lookAlike(fitTraffic({ ...cpu, values })).diurnal).toMatchObject({ mean: '88/s', ...MACHINES.memory });
});
