import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, hindcast } from './captured-io.js';

const scenario = `name: small
duration: 2m
traffic: [{ to: web, generate: { constant: 5/s } }]
workloads:
  web: { serve: { cpu: 20ms }, replicas: 2 }
`;

test('where replicas are fixed a run proposes another number, and once that was tried, another beside it', async () => {
  const cwd = emptyFolder();
  const file = join(cwd, 'small.yaml');
  writeFileSync(file, scenario);
  const first = await hindcast(['run', file, '--out', join(cwd, 'small')], cwd);
  expect(first.out).toContain(`run ${file} --set workloads.web.replicas=3 --out reports/other, then hindcast compare`);
  const second = await hindcast(['run', file, '--set', 'workloads.web.replicas=3', '--out', join(cwd, 'other')], cwd);
  expect(second.code).toBe(0);
  expect(second.out).toMatch(
    /--set workloads\.web\.replicas=4 --out reports\/another, then hindcast compare .*other another\n/,
  );
});
