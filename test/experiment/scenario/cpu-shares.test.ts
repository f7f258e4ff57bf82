import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/domain/errors.js';
import type { RunResult } from '../../../src/domain/run-result.js';
import { builtIn } from '../../../src/engine/registries.js';
import { summariseRun } from '../../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../../src/experiment/run-scenario.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';

interface Parts {
  readonly pod?: string;
  readonly nodes?: string;
  readonly more?: string;
  readonly load?: string;
}

async function load({ pod = '', nodes = '', more = '', load = '{ constant: 60/s }' }: Parts): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(
    file,
    `duration: 10m
warmUp: 1m
slo: { latency: 150ms, target: 99% }
traffic: [{ to: web, generate: ${load}, arrivals: { gamma: { cv: 4 } } }]
workloads:
  web:
    pod: { ${pod} }
    serve: { cpu: 20ms }
    replicas: 3
nodes: [${nodes}]
${more}`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

async function mistake(parts: Parts): Promise<string> {
  const error: unknown = await load(parts).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw new Error(`no InputError but ${String(error)}`);
  return error.message;
}

async function resultOf(parts: Parts): Promise<RunResult> {
  const scenario = await load(parts);
  return summariseRun(scenario, await runScenario(scenario, { registries: builtIn })).result;
}

const shares = 'cluster: { cpuShares: true }';
const node = '{ type: aws/m5.xlarge, count: 1 }';

describe('what a scenario says about CPU', () => {
  test('is neutral where it says nothing', async () => {
    const { world } = await load({ nodes: node });
    expect(world.cluster.sharesCpu).toBeUndefined();
    expect(world.workloads[0].pod).not.toHaveProperty('warmUp');
    expect(world.workloads[0].pod).not.toHaveProperty('startUpCores');
    expect(world.nodePools[0]).not.toHaveProperty('neighbours');
  });

  test('of a limit under cfs is a quota in every 100 ms on the cores of the node, or in a period of its own', async () => {
    const serving = async (cpu: string) =>
      (await load({ nodes: node, pod: `discipline: cfs, cpu: { request: 500m${cpu} }` })).world.workloads[0].pod
        .serving;
    expect(await serving(', limit: 1500m')).toMatchObject({
      cpuCores: 4,
      quota: { cores: 1.5, periodMicros: 100_000 },
    });
    expect((await serving(', limit: "1", period: 10ms')).quota).toEqual({ cores: 1, periodMicros: 10_000 });
    expect((await serving('')).quota).toBeUndefined();
  });

  test('reaches the world, with the cores of the machine and the room that neighbours take', async () => {
    const pod = 'discipline: cfs, cpu: { request: 500m, start: 1500m }, warmUp: { factor: 3x, time: 30s }';
    const beside = `{ type: aws/m5.xlarge, count: 1, neighbours: [{ cpu: "4", request: "1", from: 2m }] }`;
    const { world, assumptions } = await load({ pod, nodes: beside, more: shares });
    const alone = await load({ pod, nodes: node, more: shares });
    expect(world.nodePools[0]).toMatchObject({
      cores: 4,
      cpuMillis: alone.world.nodePools[0].cpuMillis - 1000,
      maxPods: alone.world.nodePools[0].maxPods - 1,
      neighbours: [{ cpuRequestMillis: 1000, cores: 4, from: 120e6, to: null }],
    });
    expect(world.workloads[0].pod).toMatchObject({ startUpCores: 1.5, warmUp: { factor: 3, timeMicros: 30e6 } });
    expect(assumptions.join('\n')).toMatch(/divided by cpu\.weight/);
    expect(assumptions.join('\n')).not.toMatch(/neighbours do not slow it down/);
  });

  test('and where it makes no sense, says what to mend', async () => {
    expect(await mistake({ more: shares, pod: 'discipline: cfs' })).toMatch(
      /cpuShares must not be true, as the scenario has no nodes/,
    );
    expect(await mistake({ more: shares, nodes: node })).toMatch(
      /discipline must be cfs or processor-sharing .* was fcfs/,
    );
    const neighbours = '{ type: aws/m5.xlarge, count: 1, neighbours: [{ cpu: "4" }] }';
    expect(await mistake({ nodes: neighbours })).toMatch(
      /neighbours must not be given unless cluster\.cpuShares is true/,
    );
    const noisy = 'faults: [{ at: 1m, noisyNeighbour: { nodes: 1, cpu: "4" }, for: 1m }]';
    expect(await mistake({ nodes: node, more: noisy })).toMatch(/noisy neighbour unless cluster\.cpuShares is true/);
    expect(await mistake({ pod: 'cpu: { limit: "1", start: "2" }' })).toMatch(
      /start must be at most the limit \(1000m\), was 2000m/,
    );
    expect(await mistake({ pod: 'warmUp: { factor: 3x }' })).toMatch(/requests or time, and not both/);
    expect(await mistake({ pod: 'warmUp: { factor: 0.5x, time: 1s }' })).toMatch(/at least 1x/);
  });
});

describe('what held the CPU back is named', () => {
  test('the limit, where it stops pods that use little of it', async () => {
    const pod = 'discipline: cfs, cpu: { request: "1", limit: "1" }';
    const { bottleneck, workloads } = await resultOf({ pod });
    expect(bottleneck).toMatchObject({
      kind: 'cpuLimit',
      name: 'web',
      why: expect.stringMatching(/stopped pods in \d+%/),
    });
    expect(workloads.web.throttling?.share).toBeGreaterThan(0.1);
    const free = await resultOf({ pod: 'discipline: cfs, cpu: { request: "1" }' });
    expect(free.workloads.web.throttling).toBeUndefined();
    expect(free.slo.violatedShare).toBeLessThan(0.01);
  });

  test('nodes that are full of somebody else', async () => {
    const nodes = '{ type: aws/m5.xlarge, count: 1, neighbours: [{ cpu: "8", request: "2", from: 3m, to: 6m }] }';
    const { bottleneck, workloads } = await resultOf({
      pod: 'discipline: cfs, cpu: { request: 250m }',
      nodes,
      more: shares,
    });
    expect(bottleneck).toMatchObject({
      kind: 'nodeCpu',
      name: 'web',
      why: expect.stringMatching(/^\d+% of the CPU that its threads could have used went to others/),
    });
    expect(workloads.web.withheldCpuShare).toBeGreaterThan(0.05);
  });
});
