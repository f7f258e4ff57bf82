import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { summariseRun } from '../../../src/experiment/results/summarise-run.js';
import { runScenario } from '../../../src/experiment/run-scenario.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';

/** A scenario of one workload; `pod` stands among its pod's fields, `more` beside the sections. */
async function load({ pod = '', more = '', load = '50/s' }): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(
    file,
    `duration: 20m
warmUp: 1m
traffic: [{ to: web, generate: ${load.startsWith('{') ? load : `{ constant: ${load} }`}, client: { timeout: 2s } }]
workloads:
  web:
    pod: { start: 5s, concurrency: 1${pod} }
    serve: { cpu: 50ms }
    replicas: { initial: 4, min: 4, max: 40 }
    scaling: { policy: hpa, metrics: [{ cpu: 60% }] }
${more}`,
  );
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

async function bottleneckOf(parts: Parameters<typeof load>[0]) {
  const scenario = await load(parts);
  return summariseRun(scenario, await runScenario(scenario, { registries: builtIn })).result.bottleneck;
}

describe('images', () => {
  test('are part of start unless they are given, and then the kubelet pulls one at a time', async () => {
    const plain = await load({});
    expect(plain.world.workloads[0].pod.image).toBeUndefined();
    expect(plain.world.cluster).toEqual({
      nodeMonitorGraceMicros: 50e6,
      evictionAfterMicros: 300e6,
      restartDelayMicros: 0,
      crashLoopBackOff: { initialMicros: 10e6, maxMicros: 300e6 },
    });
    const fixed = (await load({ more: 'cluster: { restartDelay: 10s }' })).world.cluster;
    expect([fixed.restartDelayMicros, fixed.crashLoopBackOff]).toEqual([10e6, undefined]);
    const { world, assumptions, trust } = await load({ pod: ', image: { size: 400Mi, shared: shop }' });
    expect(world.workloads[0].pod.image).toEqual({
      name: 'shop',
      sizeMiB: 400,
      policy: 'IfNotPresent',
      prepulled: false,
    });
    expect(world.cluster.images).toEqual({
      nodeMiBPerSecond: 50,
      registryMiBPerSecond: Infinity,
      parallel: 1,
      resolveMicros: 500_000,
    });
    expect(assumptions.join('\n')).toContain('every pod pulls for itself');
    expect(trust).toContainEqual({ input: 'image bandwidth', status: 'defaulted', detail: '50 MiB/s a node' });
  });

  test('may be pulled in parallel, all at once or so many', async () => {
    const parallel = async (more: string) =>
      (await load({ pod: ', image: { size: 1Gi }', more: `cluster: { images: { ${more} } }` })).world.cluster.images;
    expect((await parallel('serializeImagePulls: false'))?.parallel).toBe(Infinity);
    expect(await parallel('serializeImagePulls: false, maxParallelImagePulls: 3, registry: 10Gbit/s')).toMatchObject({
      parallel: 3,
      registryMiBPerSecond: 1250e6 / 2 ** 20,
    });
  });

  test.each([
    [
      { pod: ', image: { size: 1Gi }', more: 'cluster: { images: { maxParallelImagePulls: 3 } }' },
      'own.yaml:10: cluster.images.maxParallelImagePulls must be 1 or left out while serializeImagePulls is true, was 3',
    ],
    [{ pod: ', image: { size: 0Mi }' }, 'own.yaml:6: workloads.web.pod.image.size must be above 0'],
    [{ pod: ', image: { size: 1Gi, policy: Never }' }, 'must be one of IfNotPresent, Always, was "Never"'],
    [
      {
        pod: ', image: { size: 1Gi, shared: app }',
        more: '  job: { serve: { cpu: 1ms }, pod: { image: { size: 2Gi, shared: app } } }',
      },
      'own.yaml:10: workloads.job.pod.image.size must be 1024Mi, as the image "app" is in web, was 2048Mi',
    ],
    [{ more: 'cluster: { scheduler: { rate: 0/s } }' }, 'own.yaml:10: cluster.scheduler.rate must be above 0'],
    [{ pod: ', start: { quantiles: { p50: 3s } }' }, 'must have p100, the slowest, as p100: 60s'],
  ])('%j is refused', async (parts, message) => {
    const given = 'pod' in parts && parts.pod.includes('start:') ? parts.pod : '';
    const text = given === '' ? parts : { pod: '', more: `  job: { serve: { cpu: 1ms }, pod: {${given.slice(1)} } }` };
    await expect(load(text)).rejects.toThrow(message);
  });
});

describe('faults', () => {
  test('are read by the key beside their time', async () => {
    const { world } = await load({
      more: `nodes: [{ type: aws/m5.large, count: 2, zone: us-east-1a }]
cluster: { nodeEvictionRate: 6/m }
faults:
  - { at: 1m, zoneOutage: us-east-1a, for: 5m }
  - { at: 2m, zoneOutage: us-east-1a }
  - { at: 3m, metrics: stuck, for: 1m }
  - { at: 4m, metrics: doubled, for: 1m }
  - { at: 5m, missingSamples: { pods: 10%, of: web }, for: 1m }
  - { at: 6m, restart: { of: web } }`,
    });
    expect(world.nodePools[0].zone).toBe('us-east-1a');
    expect(world.cluster.nodeEvictionsPerSecond).toBeCloseTo(0.1, 12);
    expect(world.faults).toEqual([
      { kind: 'zoneOutage', at: 60e6, zone: 'us-east-1a', durationMicros: 300e6 },
      { kind: 'zoneOutage', at: 120e6, zone: 'us-east-1a', durationMicros: null },
      { kind: 'metricStuck', at: 180e6, durationMicros: 60e6 },
      { kind: 'metricDoubled', at: 240e6, durationMicros: 60e6 },
      { kind: 'missingSamples', at: 300e6, durationMicros: 60e6, workload: 'web', pods: { share: 0.1 } },
      { kind: 'restartPods', at: 360e6, workload: 'web' },
    ]);
  });

  test.each([
    [
      'faults: [{ at: 1m, zoneOutage: us-east-1a }]',
      'faults[0] must be of a zone of the scenario, was of "us-east-1a"\n  There is none: give nodes a zone',
    ],
    [
      'nodes: [{ type: aws/m5.large, count: 2, zone: us-east-1a }]\nfaults: [{ at: 1m, zoneOutage: us-east-1b }]',
      'Did you mean us-east-1a?',
    ],
    ['faults: [{ at: 1m, restart: { of: wep } }]', 'Did you mean web?'],
    ['faults: [{ at: 1m, metrics: doubld, for: 1m }]', 'Did you mean doubled?'],
    ['faults: [{ at: 1m, missingSamples: { pods: 1, of: web } }]', 'faults[0].for must be given, was missing'],
  ])('%s is refused', async (more, message) => {
    await expect(load({ more })).rejects.toThrow(message);
  });
});

describe('probes and restarts', () => {
  test('are those of Kubernetes', async () => {
    const { world, assumptions } = await load({
      pod: ', readiness: { successThreshold: 2, failureThreshold: 3 }, startupProbe: { failureThreshold: 30 }, livenessProbe: {}',
      more: 'cluster: { crashLoopBackOff: {} }',
    });
    const usual = { initialDelayMicros: 0, periodMicros: 10e6, timeoutMicros: 1e6 };
    expect(world.workloads[0].pod).toMatchObject({
      readiness: { ...usual, rise: 2, failureThreshold: 3 },
      startupProbe: { ...usual, failureThreshold: 30 },
      livenessProbe: { ...usual, failureThreshold: 3 },
    });
    expect(world.cluster.crashLoopBackOff).toEqual({ initialMicros: 10e6, maxMicros: 300e6 });
    expect(assumptions.join('\n')).toContain('waits for a worker behind the requests that are there');
  });

  test('may take CPU', async () => {
    const { world, assumptions } = await load({
      pod: ', readiness: { cpu: 2ms }, livenessProbe: { cpu: 30ms }, startupProbe: {}',
    });
    const { readiness, livenessProbe, startupProbe } = world.workloads[0].pod;
    expect([readiness.cpuMicros, livenessProbe?.cpuMicros, startupProbe?.cpuMicros]).toEqual([2000, 30_000, undefined]);
    expect(assumptions.join('\n')).toContain('cost the CPU given at pods of web');
    await expect(load({ pod: ', livenessProbe: { cpu: 0ms }' })).rejects.toThrow('livenessProbe.cpu must be above 0');
  });

  test.each([
    [
      { more: 'cluster: { restartDelay: 5s, crashLoopBackOff: {} }' },
      'must not be given together with crashLoopBackOff',
    ],
    [
      { more: 'cluster: { crashLoopBackOff: { initial: 10m } }' },
      'cluster.crashLoopBackOff.max must be at least initial',
    ],
    [
      { pod: ', readiness: { rise: 3, successThreshold: 2 }' },
      'must not differ from rise, which means the same, was 2',
    ],
    [{ pod: ', livenessProbe: { failureTreshold: 2 }' }, 'Did you mean failureThreshold?'],
  ])('%j is refused', async (parts, message) => {
    await expect(load(parts)).rejects.toThrow(message);
  });
});

describe('memory', () => {
  test('may have a limit, grow, and fill caches', async () => {
    const { world, assumptions } = await load({
      pod: ', memory: { limit: 512Mi, growthPerHour: 10Mi, cache: { size: 100Mi, fill: 5m } }',
      more: 'cluster: { nodePressureEviction: true }',
    });
    expect(world.workloads[0].pod).toMatchObject({
      memoryRequestMiB: 256,
      memoryLimitMiB: 512,
      memoryGrowthMiBPerHour: 10,
      memoryCache: { sizeMiB: 100, fillMicros: 300e6 },
    });
    expect(world.cluster.evictsUnderPressure).toBe(true);
    expect(assumptions.filter((text) => text.includes('emory'))).toHaveLength(3);
  });

  test('cannot be limited below its request', async () => {
    await expect(load({ pod: ', memory: { limit: 128Mi }' })).rejects.toThrow(
      'own.yaml:6: workloads.web.pod.memory.limit must be at least the request',
    );
  });
});

describe('nodes', () => {
  const nodes = (fields: string) => `nodes: [{ type: aws/m5.large, count: 4, ${fields} }]`;

  test('may join later', async () => {
    const { world, assumptions } = await load({ more: nodes('initial: 1, joinAt: 2m, provisioning: 20s, boot: 40s') });
    expect(world.nodePools[0].joining).toEqual({
      initial: 1,
      at: 120e6,
      provisioning: { kind: 'constant', value: 20e6 },
      boot: { kind: 'constant', value: 40e6 },
    });
    expect(assumptions.join('\n')).toContain('Nodes that join later are paid for');
  });

  test('have daemon sets that take their share of each, and a place', async () => {
    const [plain] = (await load({ more: nodes('') })).world.nodePools;
    const more = `${nodes('')}\ndaemonSets: { logs: { cpu: 100m, memory: 200Mi }, mesh: { cpu: 50m } }`;
    expect((await load({ more })).world.nodePools[0]).toEqual({
      ...plain,
      cpuMillis: plain.cpuMillis - 150,
      memoryMiB: plain.memoryMiB - 200,
      maxPods: plain.maxPods - 2,
    });
  });

  test.each([
    [nodes('initial: 1'), 'nodes[0].boot must be given, was missing, and 3 nodes join later'],
    [nodes('initial: 5, boot: 1m'), 'nodes[0].initial must be at most count (4), was 5'],
    [`${nodes('')}\ndaemonSets: { logs: { cpu: "2" } }`, 'daemonSets must leave room on a node of aws/m5.large'],
  ])('%s is refused', async (more, message) => {
    await expect(load({ more })).rejects.toThrow(message);
  });
});

describe('what holds pods up is named', () => {
  const surge = '{ step: { from: 30/s, to: 300/s, at: 5m } }';

  test('the transfer of images', async () => {
    const { kind, name, why } = await bottleneckOf({
      load: surge,
      pod: ', image: { size: 4Gi }',
      more: 'nodes: [{ type: aws/m5.large, count: 24 }]',
    });
    expect({ kind, name }).toEqual({ kind: 'imagePulls', name: 'web' });
    expect(why).toMatch(
      /^\d+ pods were ready at 00:0\d:\d\d where \d+ were needed; \d+% of the pods that were missing waited for their image$/,
    );
  });

  test('the scheduler', async () => {
    const { kind, why } = await bottleneckOf({ load: surge, more: 'cluster: { scheduler: { rate: 2/m } }' });
    expect(kind).toBe('controlPlane');
    expect(why).toMatch(/; \d+% of the pods that were missing waited for the scheduler$/);
  });

  test('the creation of pods', async () => {
    const { kind, why } = await bottleneckOf({ load: surge, more: 'cluster: { controller: { rate: 2/m, burst: 1 } }' });
    expect(kind).toBe('controlPlane');
    expect(why).toMatch(/; \d+% of the pods that were missing had been asked for and were not created yet$/);
  });

  test('crash loops', async () => {
    const { kind, name, why } = await bottleneckOf({
      load: '120/s',
      pod: ', startupProbe: { period: 1s, failureThreshold: 2 }',
      more: 'cluster: { crashLoopBackOff: {} }\nfaults: [{ at: 2m, restart: { of: web } }]',
    });
    expect({ kind, name }).toEqual({ kind: 'crashLoops', name: 'web' });
    expect(why).toMatch(/; \d+% of the pods that were missing were in CrashLoopBackOff$/);
  });

  test('nothing of the kind where pods are on their ordinary way: then it is the engine, by late metrics', async () => {
    const { kind } = await bottleneckOf({ load: surge });
    expect(kind).toBe('metricLag');
  });
});
