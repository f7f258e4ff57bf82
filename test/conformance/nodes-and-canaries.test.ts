import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeFile } from './judge-file.js';

const folder = join(process.env.HINDCAST_DATA ?? '../shared/data', 'conformance');
const present = existsSync(folder);
if (!present) console.warn(`skipped: no conformance vectors in ${folder}; set HINDCAST_DATA to where they lie`);

const files = present
  ? readdirSync(folder).filter((name) => /^(argo|cluster-autoscaler|karpenter)-.*\.json$/.test(name))
  : [];
describe.skipIf(!present)(
  'autoscalers of nodes and canaries against vectors of the cluster autoscaler, Karpenter and Argo Rollouts',
  () => {
    test.each(files)('%s', (file) => {
      const { failures, total } = judgeFile(join(folder, file));
      expect(failures).toEqual([]);
      expect(total).toBeGreaterThan(0);
    });

    test('the files hold as many cases as when they were taken over', () => {
      const totals = files.map((file) => judgeFile(join(folder, file)).total);
      expect(totals.reduce((sum, total) => sum + total, 0)).toBeGreaterThanOrEqual(106);
    });
  },
);
