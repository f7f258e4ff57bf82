import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { emptyFolder, hindcast } from './captured-io.js';

const shopWeek = resolve('traces/shop-week.csv');

test('the printed model can be pasted into a scenario, and offers about what the trace did', async () => {
  const folder = emptyFolder();
  const { code, out, err } = await hindcast(['trace', 'fit', shopWeek], folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^generate:\n {2}diurnal:\n {4}mean: 1[12]\d\/s\n/);
  expect(out).toMatch(/\n# mean +12\d +1\d\d(\.\d)?\n/);
  const indented = out.split('\n').map((line) => (line === '' || line.startsWith('#') ? line : `    ${line}`));
  writeFileSync(
    join(folder, 'alike.yaml'),
    `duration: 1h\ntraffic:\n  - to: web\n${indented.join('\n')}\nworkloads: { web: { serve: { cpu: 1ms } } }\n`,
  );
  expect(await hindcast(['check', join(folder, 'alike.yaml')], folder)).toMatchObject({ code: 0, err: '' });
});

test('--json holds the model and every statistic of both', async () => {
  const { out } = await hindcast(['trace', 'fit', shopWeek, '--json'], emptyFolder());
  const row = z.strictObject({ name: z.string(), recorded: z.number().nullable(), lookAlike: z.number().nullable() });
  const told = z.looseObject({ profileCorrelation: z.number(), crowds: z.number(), statistics: z.array(row) });
  const { statistics, profileCorrelation, crowds } = told.parse(JSON.parse(out));
  expect(profileCorrelation).toBeGreaterThan(0.8);
  expect(crowds).toBe(1);
  const [mean] = statistics;
  expect(Math.abs((mean.lookAlike ?? NaN) / (mean.recorded ?? NaN) - 1)).toBeLessThan(0.1);
});

test('a trace that cannot be fitted is told with why, a missing one as usage', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'short.csv'), 'time,requests\n0,5\n60,7\n120,6\n');
  const { code, err } = await hindcast(['trace', 'fit', 'short.csv'], folder);
  expect(code).toBe(2);
  expect(err).toMatch(/short\.csv: must (have dates|be at least two days long) to be fitted/);
  expect((await hindcast(['trace', 'fit'], folder)).code).toBe(2);
});
