import { describe, expect, test } from 'vitest';
import type { PodConstraints } from '../../../src/domain/scheduling/pod-constraints.js';
import type { FaultSpec } from '../../../src/domain/fault-spec.js';
import type { PodSpec, WorkloadSpec } from '../../../src/domain/world-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, pool, runSim, type SimRun, workload, world } from '../sim-run.js';

const BEST_EFFORT = { cpuRequestMillis: null, memoryRequestMiB: null };

function pod(name: string, request: number, idle: number): WorkloadSpec {
  return workload({ name }, { cpuRequestMillis: 100, memoryRequestMiB: request, memoryIdleMiB: idle });
}

function best(resources: Partial<PodSpec> = {}, scheduling?: PodConstraints, initialReplicas = 1): WorkloadSpec {
  const more = scheduling === undefined ? {} : { scheduling };
  return workload({ name: 'best', initialReplicas, ...more }, { ...BEST_EFFORT, memoryIdleMiB: 300, ...resources });
}

/** Eleven minutes on nodes that can give 1000 MiB to pods. */
function run(workloads: readonly WorkloadSpec[], count = 1, faults: readonly FaultSpec[] = []): SimRun {
  const cluster = { ...world().cluster, evictsUnderPressure: true };
  const nodePools = [pool({ count, memoryMiB: 1000, zone: 'a' })];
  return runSim(world({ cluster, workloads, nodePools, faults, durationMicros: seconds(660) }));
}

/** When and where pods of the workload were bound. */
function bound(result: SimRun): string[] {
  const facts = factsOf(result, 'podScheduled').filter(({ workload: name }) => name === 'best');
  return facts.map(({ at, pod: name, node }) => `${at / 1e6} ${name} ${node}`);
}

function refused(result: SimRun): string[] {
  return factsOf(result, 'podFoundUnschedulable').map(({ at, pod: name, reason }) => `${at / 1e6} ${name} ${reason}`);
}

describe.each<[string, PodConstraints | undefined]>([
  ['knows room alone', undefined],
  ['knows constraints', { priority: 1 }],
])('a node low on memory, under a scheduler that %s,', (_, scheduling) => {
  test('keeps BestEffort pods off until five minutes after it was last seen to be', () => {
    // 800 and 300 of 1000 MiB: seen at 10 s, and again 10 s after the pod has come back.
    const result = run([pod('web', 800, 800), best({}, scheduling)]);
    expect(bound(result)).toEqual(['0 best-0 pool-0', '310 best-1 pool-0', '620 best-2 pool-0']);
    expect(refused(result)).toEqual([
      '10 best-1 0/1 nodes are available: 1 node(s) low on memory',
      '320 best-2 0/1 nodes are available: 1 node(s) low on memory',
      '630 best-3 0/1 nodes are available: 1 node(s) low on memory',
    ]);
  });

  test('does so from the last look that sees it, not from the first', () => {
    // 900 and twice 300: one goes at 10 s and one at 20 s; both come back together, and the node is short at 330 s.
    const result = run([pod('web', 900, 900), best({}, scheduling, 2)]);
    expect(bound(result).slice(2, 4)).toEqual(['320 best-2 pool-0', '320 best-3 pool-0']);
    expect(bound(result).slice(4)).toEqual(['640 best-4 pool-0', '640 best-5 pool-0']);
  });

  test('sends them to another node, even to a fuller one', () => {
    const result = run([pod('web', 800, 800), pod('other', 900, 100), best({}, scheduling)], 2);
    expect(bound(result)).toEqual(['0 best-0 pool-0', '10 best-1 pool-1']);
    expect(refused(result)).toEqual([]);
  });

  test.each<[string, Partial<PodSpec>]>([
    ['that request CPU alone', { cpuRequestMillis: 1 }],
    ['that have a memory limit alone', { memoryLimitMiB: 500 }],
  ])('takes pods back at once %s', (_, resources) => {
    const result = run([pod('web', 800, 800), best(resources, scheduling)]);
    expect(bound(result).slice(0, 3)).toEqual(['0 best-0 pool-0', '10 best-1 pool-0', '20 best-2 pool-0']);
    expect(refused(result)).toEqual([]);
  });
});

test('a BestEffort pod that tolerates the taint comes back at once', () => {
  const tolerations = [{ key: 'node.kubernetes.io/memory-pressure', operator: 'Exists' }] as const;
  const result = run([pod('web', 800, 800), best({}, { tolerations })]);
  expect(bound(result).slice(0, 2)).toEqual(['0 best-0 pool-0', '10 best-1 pool-0']);
});

test('a BestEffort pod does not go to a node that is seen to be short at the same look', () => {
  // Each node has 800 and 300 of 1000 MiB.
  const result = run([{ ...pod('web', 800, 800), initialReplicas: 2 }, best({}, undefined, 2)], 2);
  expect(bound(result).slice(0, 4)).toEqual([
    '0 best-0 pool-0',
    '0 best-1 pool-1',
    '310 best-2 pool-0',
    '310 best-3 pool-1',
  ]);
});

test('a node that was away for a while knows nothing of the pressure before', () => {
  const outage: FaultSpec = { kind: 'zoneOutage', at: seconds(25), zone: 'a', durationMicros: seconds(20) };
  const result = run([pod('web', 800, 800), best()], 1, [outage]);
  expect(bound(result).slice(0, 3)).toEqual(['0 best-0 pool-0', '45 best-1 pool-0', '350 best-2 pool-0']);
});

test('of two nodes short at once, a pod that the successor of the other victim has driven out is gone once', () => {
  const three = { cpuRequestMillis: 3000, memoryRequestMiB: 100 };
  // 500, and 400 that grow by 10 a second: short at 20 s, when what starts on the other node since 15 s uses 1100.
  const beside = { ...pod('beside', 500, 500), scheduling: { priority: 20, nodeSelector: { side: 'left' } } };
  const grows = { ...three, memoryIdleMiB: 400, memoryGrowthMiBPerHour: 36_000 };
  const dear = workload({ name: 'dear', scheduling: { priority: 10 } }, grows);
  const slow = { ...three, memoryIdleMiB: 1100, start: { kind: 'constant', value: 30e6 } } as const;
  const cheap = workload({ name: 'cheap', initialReplicas: 0, scheduling: { priority: 0 } }, slow);
  const waits = workload({ name: 'waits', initialReplicas: 0, scheduling: { priority: 5, preempts: false } }, three);
  const nodePools = ['left', 'right'].map((side) => pool({ name: side, count: 1, memoryMiB: 1000, labels: { side } }));
  const cluster = { ...world().cluster, evictsUnderPressure: true };
  const spec = world({ cluster, workloads: [dear, beside, cheap, waits], nodePools, durationMicros: seconds(25) });
  const result = runSim(spec, [
    [15, 1, 'cheap'],
    [15, 1, 'waits'],
  ]);
  expect(factsOf(result, 'podRemoved').map(({ at, pod: name, reason }) => `${at / 1e6} ${name} ${reason}`)).toEqual([
    '20 dear-0 evicted: node low on memory',
    '20 cheap-0 preempted by dear',
  ]);
});
