import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeFile } from './judge-file.js';

const folder = join(process.env.HINDCAST_DATA ?? '../shared/data', 'conformance');
const present = existsSync(folder);
if (!present) console.warn(`skipped: no conformance vectors in ${folder}; set HINDCAST_DATA to where they lie`);

/** Cases that each file held when it was taken over. */
const files = [
  ['kpa-autoscaler.json', 23],
  ['kpa-buckets.json', 14],
  ['kpa-max-window.json', 14],
  ['kpa-sample-size.json', 6],
  ['keda-job-strategies.json', 18],
  ['keda-trigger-fallback.json', 6],
] as const;

describe.skipIf(!present)('the autoscalers of Knative and KEDA against vectors of their own tests', () => {
  test.each(files)('%s', (file, cases) => {
    const { failures, total } = judgeFile(join(folder, file));
    expect(failures).toEqual([]);
    expect(total).toBeGreaterThanOrEqual(cases);
  });
});
