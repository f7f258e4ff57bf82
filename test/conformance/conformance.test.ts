import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeFile } from './judge-file.js';

const folder = join(process.env.HINDCAST_DATA ?? '../shared/data', 'conformance');
const present = existsSync(folder);
if (!present) console.warn(`skipped: no conformance vectors in ${folder}; set HINDCAST_DATA to where they lie`);

const files = present ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

describe.skipIf(!present)("the engine's policies against vectors of their originals", () => {
  test.each(files)('%s', (file) => {
    const { failures, total } = judgeFile(join(folder, file));
    expect(failures).toEqual([]);
    expect(total).toBeGreaterThan(0);
  });

  test.each([
    ['hpa', 172],
    ['kpa', 57],
    ['keda', 24],
    ['vpa', 88],
    ['cluster-autoscaler', 22],
    ['karpenter', 23],
    ['argo', 61],
    ['supplement', 2],
  ])('the files of %s hold as many cases as when they were taken over', (origin, cases) => {
    const totals = files
      .filter((file) => file.startsWith(`${origin}-`))
      .map((file) => judgeFile(join(folder, file)).total);
    expect(totals.reduce((sum, total) => sum + total, 0)).toBeGreaterThanOrEqual(cases);
  });
});
