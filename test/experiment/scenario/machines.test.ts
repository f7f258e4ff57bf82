import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { summariseRun } from '../../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../../src/experiment/run-scenario.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';

interface Parts {
  /** Among the fields of the workload. */
  readonly web?: string;
  /** Beside the sections. */
  readonly more?: string;
}

async function load({ web = '', more = '' }: Parts): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(
    file,
    `duration: 20m
warmUp: 1m
traffic: [{ to: web, generate: { constant: 20/s } }]
workloads:
  web:
    serve: { cpu: 20ms }
    replicas: { initial: 3, min: 2, max: 8 }
    ${web}
${more}`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

const group = (fields: string) => ({ web: `group: { type: aws/m5.large, ${fields} }` });
const nodes = (fields: string) => ({ more: `nodes: [{ type: aws/m5.large, ${fields} }]` });

describe('nodes whose number may change', () => {
  test('have bounds, a start, times to come up and a policy', async () => {
    const { world, engine, assumptions } = await load(
      nodes('count: { initial: 3, min: 2, max: 9 }, boot: 2m, bake: 10s, scaling: { policy: pending-pods }'),
    );
    const boot = { provisioning: { kind: 'constant', value: 0 }, boot: { kind: 'constant', value: 120e6 } };
    const [pool] = world.nodePools;
    expect(pool.count).toBe(3);
    expect(pool.elastic).toEqual({ min: 2, max: 9, ...boot, bake: { kind: 'constant', value: 10e6 } });
    const { cpuMillis, memoryMiB, maxPods } = pool;
    expect(engine.nodePools).toEqual([
      {
        name: 'aws/m5.large',
        cpuMillis,
        memoryMiB,
        maxPods,
        minNodes: 2,
        maxNodes: 9,
        policy: { name: 'pending-pods', config: { emptyAfterMicros: 600e6 } },
      },
    ]);
    expect(assumptions.join('\n')).toContain('by the started second');
    expect(assumptions.join('\n')).not.toContain('Nodes are a fixed pool');
  });

  test('are left to the engine nowhere else', async () => {
    const { engine, assumptions } = await load(nodes('count: 3'));
    expect(engine.nodePools).toBeUndefined();
    expect(assumptions).toContain('Nodes are a fixed pool: none is added or removed by the engine.');
  });

  test('a disk of a warm pool costs what gp3 costs', async () => {
    const warm = 'warmPool: { size: 2, start: 20s, disk: 73Gi }';
    const { world } = await load(nodes(`count: { max: 5 }, boot: 1m, ${warm}`));
    expect(world.nodePools[0].elastic?.warmPool).toEqual({
      size: 2,
      state: 'stopped',
      start: { kind: 'constant', value: 20e6 },
      diskPricePerHour: 0.008,
    });
  });

  test.each([
    ['count: { max: 5 }', 'nodes[0].boot must be given, was missing, and machines come and go'],
    ['count: { min: 6, max: 5 }, boot: 1m', 'nodes[0].count.max must be at least min (6), was 5'],
    ['count: { initial: 7, max: 5 }, boot: 1m', 'nodes[0].count.initial must be between min (1) and max (5), was 7'],
    ['count: { max: 5 }, initial: 2, boot: 1m', 'nodes[0].initial must not be given beside count.min and count.max'],
    [
      'count: 3, scaling: { policy: pending-pods }',
      'nodes[0].scaling must not be given where the number of nodes stays',
    ],
    ['count: 3, warmPool: { size: 1, start: 5s }', 'nodes[0].warmPool must not be given where the number'],
    ['count: { max: 5 }, boot: 1m, refresh: { at: 30m }', 'nodes[0].refresh.at must be within the run (20m), was 30m'],
    ['count: { max: 5 }, boot: 1m, scaling: { policy: pendingpods }', 'nodes[0].scaling.policy'],
  ])('%s is refused', async (fields, message) => {
    await expect(load(nodes(fields))).rejects.toThrow(message);
  });
});

describe('a workload with a group of machines', () => {
  test('has as many machines as replicas, each to itself', async () => {
    const { world, engine, trust } = await load(group('boot: 1m, refresh: { at: 5m, bake: 90s }'));
    expect(world.nodePools).toMatchObject([
      {
        name: 'web-vms',
        workload: 'web',
        count: 3,
        maxPods: 1,
        cpuMillis: 2000,
        memoryMiB: 8192,
        elastic: { min: 2, max: 8, refresh: { at: 300e6, minHealthy: 0.9, maxHealthy: 1, bakeMicros: 90e6 } },
      },
    ]);
    expect(world.billing).toEqual({ kind: 'nodes' });
    expect(engine.workloads[0]).toMatchObject({ pool: 'web-vms', cpuRequestMillis: 2000, memoryRequestMiB: 8192 });
    expect(world.workloads[0].pod.serving).toMatchObject({ concurrency: 2, cpuCores: 2 });
    expect(trust.map(({ input }) => input)).toContain('price of web-vms');
  });

  test('is billed by its machines', async () => {
    const scenario = await load(group('boot: 1m, price: $0.3/h'));
    const { result } = summariseRun(scenario, await runScenario(scenario, { registries: builtIn }));
    // Three machines for twenty minutes.
    expect(result.cost.total).toBeCloseTo(0.3, 9);
    expect(result.nodes).toEqual({ hours: 1, max: 3 });
    expect(result.cost.baselines.fixedAtMean).toBeCloseTo(0.1, 9);
  });

  test.each([
    ['', 'workloads.web.group.boot must be given'],
    ['boot: 1m, refresh: { at: 1m, maxHealthy: 90% }', 'refresh.maxHealthy must be between 100% and 200%'],
    ['boot: 1m, region: eu-west-1', 'workloads.web.group.region must be us-east-1'],
  ])('with %s is refused', async (fields, message) => {
    await expect(load(group(fields))).rejects.toThrow(message);
  });

  test('may not stand beside one that nobody pays for', async () => {
    const other = 'workloads.api';
    const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
    writeFileSync(
      file,
      `duration: 20m
traffic: [{ to: web, generate: { constant: 20/s } }]
workloads:
  web: { serve: { cpu: 20ms, calls: [api] }, group: { type: aws/m5.large, boot: 1m } }
  api: { serve: { cpu: 5ms } }
`,
    );
    await expect(loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' })).rejects.toThrow(
      `${other} must have nodes or a group of machines, had neither, while web has a group`,
    );
  });
});
