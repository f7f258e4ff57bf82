import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunResult } from '../../../src/domain/run-result.js';
import { builtIn } from '../../../src/engine/registries.js';
import { summariseRun } from '../../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../../src/experiment/run-scenario.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';

interface Changes {
  readonly rate?: string;
  readonly pods?: number;
  readonly db?: string;
  readonly more?: string;
}

async function resultOf({
  rate = '50/s',
  pods = 10,
  db = '{ concurrency: 20, service: 90ms }',
  more = '',
}: Changes): Promise<RunResult> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'b.yaml');
  writeFileSync(
    file,
    `duration: 10m
warmUp: 1m
slo: { latency: 300ms, target: 99% }
traffic: [{ to: web, generate: { constant: ${rate} } }]
workloads:
  web:
    pod: { concurrency: 10, start: 1s }
    serve: { cpu: 10ms, calls: [db] }
    replicas: ${pods}
dependencies: { db: ${db} }
${more}`,
  );
  const scenario = await loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
  return summariseRun(scenario, await runScenario(scenario, { registries: builtIn })).result;
}

test('a service that meets its objective has none', async () => {
  const { bottleneck, slo } = await resultOf({});
  expect(slo.violatedShare).toBe(0);
  expect(bottleneck.kind).toBe('none');
});

test('a database at its limit is named, and more pods add no goodput', async () => {
  const [few, many] = [await resultOf({ rate: '240/s', pods: 10 }), await resultOf({ rate: '240/s', pods: 40 })];
  for (const { bottleneck } of [few, many]) expect(bottleneck).toMatchObject({ kind: 'dependency', name: 'db' });
  expect(many.requests.served).toBeLessThan(few.requests.served * 1.02 + 1);
  expect(many.dependencies.db.peakUtilisation).toBeGreaterThan(0.99);
});

test('a dependency that refuses calls at its rate limit is named', async () => {
  const { bottleneck } = await resultOf({ db: '{ concurrency: 20, rateLimit: 30/s, service: 10ms }' });
  expect(bottleneck).toMatchObject({ kind: 'dependency', name: 'db', why: expect.stringContaining('admits 30') });
});

test('too few pods are named with how many were needed', async () => {
  const { bottleneck } = await resultOf({ rate: '150/s', pods: 1, db: '{ concurrency: 100, service: 90ms }' });
  expect(bottleneck).toMatchObject({
    kind: 'pods',
    name: 'web',
    why: expect.stringMatching(/^1 pods were ready at .* where [2-9] were needed$/),
  });
});

test('pods that find no place are a matter of nodes', async () => {
  const more = 'nodes: [{ type: aws/m5.large, count: 1 }]';
  const { bottleneck } = await resultOf({ rate: '300/s', pods: 10, db: '{ concurrency: 100, service: 90ms }', more });
  expect(bottleneck).toMatchObject({ kind: 'nodes', why: expect.stringContaining('found no place on 1 nodes') });
});
