import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/domain/errors.js';
import { builtIn } from '../../../src/engine/registries.js';
import { readJournalHeader, writeJournalHeader } from '../../../src/experiment/journal-header.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import type { LoadedScenario } from '../../../src/experiment/scenario/loaded-scenario.js';

const POOLS = `nodes:
  - { name: general, type: aws/m5.xlarge, count: 3, zone: us-east-1a, labels: { disk: hdd } }
  - { name: fast, type: aws/m5.xlarge, count: 2, zone: us-east-1b, labels: { disk: ssd }, taints: ["team=batch:NoSchedule"] }
`;

async function load(web: string, more = POOLS): Promise<LoadedScenario> {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  const text = `duration: 20m
traffic: [{ to: web, generate: { constant: 5/s } }]
workloads:
  api: { serve: { cpu: 5ms } }
  web:
    serve: { cpu: 20ms }
${web}
${more}`;
  writeFileSync(file, text);
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

async function refusal(web: string, more?: string): Promise<string> {
  try {
    await load(web, more);
  } catch (error) {
    if (error instanceof InputError) return error.message.replace(/^.*?own\.yaml:/, '');
    throw error;
  }
  return 'was accepted';
}

describe('scheduling in a scenario', () => {
  test('short and long forms mean what Kubernetes means by them', async () => {
    const { world, engine, identity } =
      await load(`    nodeSelector: { disk: ssd, topology.kubernetes.io/zone: us-east-1b }
    tolerations: ["team=batch:NoSchedule", { key: gpu, value: "yes" }, spot]
    affinity:
      nodeAffinity:
        preferred: [{ weight: 20, preference: { matchExpressions: [{ key: kubernetes.io/arch, values: [amd64] }] } }]
      podAffinity: { preferred: [{ topologyKey: zone, workloads: [api] }] }
      podAntiAffinity: hostname
    topologySpread: [zone, { topologyKey: hostname, maxSkew: 2, whenUnsatisfiable: ScheduleAnyway }]
    priority: 100
    preemptionPolicy: Never`);
    const web = { matchLabels: { app: 'web' } };
    const expected = {
      nodeSelector: { disk: 'ssd', 'topology.kubernetes.io/zone': 'us-east-1b' },
      tolerations: [
        { key: 'team', operator: 'Equal', value: 'batch', effect: 'NoSchedule' },
        { key: 'gpu', operator: 'Equal', value: 'yes' },
        { key: 'spot', operator: 'Exists' },
      ],
      preferredNodes: [{ weight: 20, term: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] }] }],
      antiAffinity: [{ topologyKey: 'kubernetes.io/hostname', selector: web }],
      preferredPods: [
        {
          weight: 100,
          term: {
            topologyKey: 'topology.kubernetes.io/zone',
            selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['api'] }] },
          },
        },
      ],
      spread: [
        {
          topologyKey: 'topology.kubernetes.io/zone',
          selector: web,
          maxSkew: 1,
          whenUnsatisfiable: 'DoNotSchedule',
          minDomains: 1,
        },
        {
          topologyKey: 'kubernetes.io/hostname',
          selector: web,
          maxSkew: 2,
          whenUnsatisfiable: 'ScheduleAnyway',
          minDomains: 1,
        },
      ],
      priority: 100,
      preempts: false,
    };
    expect(world.workloads.find(({ name }) => name === 'web')?.scheduling).toEqual(expected);
    expect(engine.workloads.find(({ name }) => name === 'web')?.scheduling).toEqual(expected);
    expect(world.nodePools[1]).toMatchObject({
      labels: {
        disk: 'ssd',
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': 'm5.xlarge',
        'topology.kubernetes.io/zone': 'us-east-1b',
      },
      taints: [{ key: 'team', value: 'batch', effect: 'NoSchedule' }],
    });
    const header = readJournalHeader(writeJournalHeader({ identity, engine }), 'journal');
    expect(header.engine).toEqual(JSON.parse(JSON.stringify(engine)));
  });

  test('headroom becomes pods of negative priority that the engine knows and does not manage', async () => {
    const { world, engine, warnings } = await load(
      '',
      `${POOLS}headroom: { spare: { cpu: 1, memory: 1Gi, count: 3 } }\n`,
    );
    expect(world.workloads.at(-1)).toMatchObject({
      name: 'spare',
      initialReplicas: 3,
      headroom: true,
      scheduling: { priority: -10, preempts: false },
      pod: { cpuRequestMillis: 1000, memoryRequestMiB: 1024, termination: { graceMicros: 0 } },
    });
    expect(engine.workloads.map(({ name }) => name)).toEqual(['api', 'web']);
    expect(engine.headroom).toMatchObject([{ name: 'spare', cpuRequestMillis: 1000 }]);
    expect(warnings.join()).not.toContain('spare');
  });

  test('a scenario that says nothing of it resolves without a trace of it', async () => {
    const { world, engine } = await load('', 'nodes: [{ type: aws/m5.xlarge, count: 3, zone: us-east-1a }]\n');
    expect(JSON.stringify([world, engine])).not.toMatch(/scheduling|labels|taints|headroom/);
  });

  test.each([
    [
      '    nodeSelector: { disk: nvme }',
      'workloads.web.nodeSelector.disk must be a label of some pool of nodes, was "nvme", and pools have hdd, ssd',
    ],
    ['    nodeSelector: { gpu: "yes" }', 'was "yes", and no pool has that label'],
    [
      '    nodeSelector: { disk: ssd, topology.kubernetes.io/zone: us-east-1a }',
      'workloads.web.nodeSelector must be met by the labels of a pool of nodes, and no pool has them all',
    ],
    [
      '    nodeSelector: { disk: ssd }',
      'workloads.web.tolerations must tolerate a taint of fast, the only nodes its pods may be on, tolerated too little of team=batch:NoSchedule',
    ],
    [
      '    affinity: { nodeAffinity: { required: [{ matchExpressions: [{ key: disk, values: [nvme] }] }] } }',
      'workloads.web.affinity must be met by the labels of a pool',
    ],
    [
      '    affinity: { nodeAffinity: { required: [{ matchExpressions: [{ key: disk, operator: Exists, values: [a] }] }] } }',
      'values must be left out, as only the key counts',
    ],
    [
      '    affinity: { podAntiAffinity: { required: [{ topologyKey: zone, workloads: [apj] }] } }',
      'must be a workload of the scenario, was "apj"\n  Did you mean api?',
    ],
    [
      '    topologySpread: [rack]',
      'workloads.web.topologySpread[0] must name a label of nodes as its topology, was rack, which no pool has',
    ],
    ['    tolerations: ["=x"]', 'workloads.web.tolerations[0]'],
    ['    priority: 2000000000', 'workloads.web.priority'],
  ])('%s is refused', async (web, message) => {
    expect(await refusal(web)).toContain(message);
  });

  test('what cannot be placed is refused where there is nothing to place it on, a priority is not', async () => {
    expect(await refusal('    nodeSelector: { disk: ssd }', '')).toContain(
      'must not be given in a scenario without nodes',
    );
    expect(await refusal('    priority: 5', '')).toBe('was accepted');
    expect(await refusal('', 'headroom: { spare: { cpu: 1, memory: 1Gi } }\n')).toContain(
      'must not be given in a scenario without nodes',
    );
    expect(await refusal('', `${POOLS}headroom: { web: { cpu: 1, memory: 1Gi } }\n`)).toContain(
      'headroom.web must have a name of its own, was one of workloads',
    );
    expect(await refusal('', `${POOLS}headroom: { spare: { cpu: 1, memory: 1Gi, priority: 3 } }\n`)).toContain(
      'headroom.spare.priority',
    );
    expect(await refusal('    group: { type: aws/m5.large, boot: 30s }\n    priority: 5')).toContain(
      'machines of its own',
    );
  });

  test('a label that follows from the type cannot be another', async () => {
    const pools = 'nodes: [{ type: aws/m5.xlarge, count: 3, labels: { kubernetes.io/arch: arm64 } }]\n';
    expect(await refusal('', pools)).toContain('must be "amd64", as type, region and zone say, was "arm64"');
  });
});
