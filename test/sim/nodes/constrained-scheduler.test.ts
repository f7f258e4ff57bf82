import { describe, expect, it } from 'vitest';
import type { PodConstraints } from '../../../src/domain/scheduling/pod-constraints.js';
import { podLabels } from '../../../src/domain/scheduling/pod-constraints.js';
import { ZONE_LABEL, HOSTNAME_LABEL } from '../../../src/domain/scheduling/labels.js';
import type { NodePoolSpec, PodSpec, WorkloadSpec } from '../../../src/domain/world-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, lines, pool, runSim, type Script, type SimRun, workload, world } from '../sim-run.js';

/** Pods of one core; a plain node has room for four. */
function pods(
  name: string,
  initialReplicas: number,
  scheduling: PodConstraints,
  { pod = {}, ...more }: Partial<Omit<WorkloadSpec, 'pod'>> & { readonly pod?: Partial<PodSpec> } = {},
): WorkloadSpec {
  return workload({ name, initialReplicas, scheduling, ...more }, pod);
}

function run(workloads: readonly WorkloadSpec[], nodePools: readonly NodePoolSpec[], script: Script = []): SimRun {
  return runSim(world({ workloads, nodePools }), script);
}

/** Where pods came to, in the order of binding: 'web-0 pool-0'. */
function bound(result: SimRun): string[] {
  return factsOf(result, 'podScheduled').map(({ pod, node }) => `${pod} ${node}`);
}

function refused(result: SimRun): string[] {
  return factsOf(result, 'podFoundUnschedulable').map(({ pod, reason }) => `${pod}: ${reason}`);
}

const noSchedule = { key: 'gpu', value: 'true', effect: 'NoSchedule' } as const;
const zoned = (name: string, zone: string, count: number): NodePoolSpec =>
  pool({ name, count, zone, labels: { [ZONE_LABEL]: zone } });

describe('taints', () => {
  const pools = [pool({ name: 'plain', count: 1 }), pool({ name: 'gpu', count: 1, taints: [noSchedule] })];

  it('keep pods away that do not tolerate them', () => {
    const result = run([pods('web', 5, {})], pools);
    expect(bound(result)).toEqual(['web-0 plain-0', 'web-1 plain-0', 'web-2 plain-0', 'web-3 plain-0']);
    expect(refused(result)).toEqual([
      'web-4: 0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s)',
    ]);
  });

  it('let pods in that do', () => {
    const result = run([pods('web', 5, { tolerations: [{ key: 'gpu', operator: 'Exists' }] })], pools);
    expect(bound(result)).toHaveLength(5);
  });

  it('that only advise are the last resort', () => {
    const shy = pool({ name: 'a', count: 1, taints: [{ ...noSchedule, effect: 'PreferNoSchedule' }] });
    const result = run([pods('web', 5, {})], [shy, pool({ name: 'b', count: 1 })]);
    expect(bound(result)).toEqual(['web-0 b-0', 'web-1 b-0', 'web-2 b-0', 'web-3 b-0', 'web-4 a-0']);
  });
});

describe('selectors and affinity', () => {
  const pools = [pool({ name: 'hdd', count: 1 }), pool({ name: 'ssd', count: 1, labels: { disk: 'ssd' } })];

  it('a node selector is a must', () => {
    const result = run([pods('db', 5, { nodeSelector: { disk: 'ssd' } })], pools);
    expect(bound(result)).toEqual(['db-0 ssd-0', 'db-1 ssd-0', 'db-2 ssd-0', 'db-3 ssd-0']);
    expect(refused(result)).toEqual([
      "db-4: 0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector",
    ]);
  });

  it('a preferred term is a wish', () => {
    const term = [{ key: 'disk', operator: 'In', values: ['ssd'] }] as const;
    const result = run([pods('db', 5, { preferredNodes: [{ weight: 100, term }] })], pools);
    expect(bound(result)).toEqual(['db-0 ssd-0', 'db-1 ssd-0', 'db-2 ssd-0', 'db-3 ssd-0', 'db-4 hdd-0']);
  });

  it('pods with anti-affinity by host: of N + 1 pods on N nodes one waits', () => {
    const apart = { antiAffinity: [{ topologyKey: HOSTNAME_LABEL, selector: { matchLabels: podLabels('web') } }] };
    const result = run([pods('web', 4, apart)], [pool({ count: 3 })]);
    expect(bound(result)).toEqual(['web-0 pool-0', 'web-1 pool-1', 'web-2 pool-2']);
    expect(refused(result)).toEqual(["web-3: 0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules"]);
  });

  it('a waiting pod follows company that comes later', () => {
    const near = { affinity: [{ topologyKey: ZONE_LABEL, selector: { matchLabels: podLabels('cache') } }] };
    const zones = [zoned('a', 'a', 1), zoned('b', 'b', 1)];
    const cache = pods('cache', 0, { nodeSelector: { [ZONE_LABEL]: 'b' } });
    const result = run([pods('web', 2, near), cache], zones, [[30, 1, 'cache']]);
    expect(bound(result)).toEqual(['cache-0 b-0', 'web-0 b-0', 'web-1 b-0']);
    expect(factsOf(result, 'podScheduled').map(({ at }) => at / 1e6)).toEqual([30, 30, 30]);
  });

  it('company that is only preferred draws pods to it, and drives them apart with a negative weight', () => {
    const term = { topologyKey: ZONE_LABEL, selector: { matchLabels: podLabels('web') } };
    const zones = [zoned('a', 'a', 2), zoned('b', 'b', 2)];
    const together = run([pods('web', 3, { preferredPods: [{ weight: 100, term }] })], zones);
    expect(bound(together)).toEqual(['web-0 a-0', 'web-1 a-1', 'web-2 a-0']);
    const apart = run([pods('web', 3, { preferredPods: [{ weight: -100, term }] })], zones);
    expect(bound(apart)).toEqual(['web-0 a-0', 'web-1 b-0', 'web-2 a-1']);
  });
});

describe('topology spread', () => {
  const spread = (whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway'): PodConstraints => ({
    spread: [
      {
        topologyKey: ZONE_LABEL,
        selector: { matchLabels: podLabels('web') },
        maxSkew: 1,
        whenUnsatisfiable,
        minDomains: 1,
      },
    ],
  });
  const zones = [zoned('a', 'a', 2), zoned('b', 'b', 1)];

  it('lets no zone get further ahead than the skew, although it has room', () => {
    const result = run([pods('web', 10, spread('DoNotSchedule'))], zones);
    const byZone = bound(result).map((line) => line.split(' ')[1][0]);
    expect([byZone.filter((zone) => zone === 'a').length, byZone.filter((zone) => zone === 'b').length]).toEqual([
      5, 4,
    ]);
    expect(refused(result)[0]).toBe(
      "web-9: 0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't match pod topology spread constraints",
    );
  });

  it('is given up where it may be', () => {
    const result = run([pods('web', 10, spread('ScheduleAnyway'))], zones);
    expect(bound(result)).toHaveLength(10);
  });

  it('does not count pods on their way out', () => {
    // Zone b gives up one of its two pods at 15 s; it drains for a minute, but counts no more, so that only b takes the next one.
    const slow = { termination: { preStopMicros: seconds(60), graceMicros: seconds(90) } };
    const web = pods('web', 4, spread('DoNotSchedule'), { pod: slow });
    const result = run([web], zones, [
      [15, 3],
      [30, 4],
    ]);
    const gone = factsOf(result, 'podBeganTerminating')[0].pod;
    const zoneOf = new Map(factsOf(result, 'podScheduled').map(({ pod, node }) => [pod, node[0]]));
    expect(zoneOf.get('web-4')).toBe(zoneOf.get(gone));
  });
});

describe('priority', () => {
  it('lets the more important pod have the room that appears, whoever came first', () => {
    const low = pods('low', 3, { priority: 0 });
    const high = pods('high', 1, { priority: 10, preempts: false });
    const filler = pods('filler', 4, { priority: 100 });
    const result = run([filler, low, high], [pool({ count: 1 })], [[30, 3, 'filler']]);
    expect(bound(result).at(-1)).toMatch(/^high-0 /);
    expect(factsOf(result, 'podNominated')).toEqual([]);
  });
});

describe('preemption', () => {
  const graceful = { termination: { preStopMicros: seconds(10), graceMicros: seconds(30) } };

  it('drives out the fewest of lower priority, lets them have their grace, and keeps the room', () => {
    const batch = pods('batch', 4, { priority: -5 }, { pod: graceful });
    const result = run([batch, pods('web', 0, { priority: 10 })], [pool({ count: 1 })], [[30, 1, 'web']]);
    const told = lines(result.facts).filter((line) => Number(line.split(' ')[0]) >= 30);
    expect(told.slice(0, 7)).toEqual([
      '30 replicasSet web 1',
      '30 podCreated web-0',
      '30 podNominated web-0 pool-0',
      '30 podBeganTerminating batch-3 (preempted by web)',
      '30 podCreated batch-4',
      '30 podFoundUnschedulable web-0 (0/1 nodes are available: 1 Insufficient cpu)',
      '30 podFoundUnschedulable batch-4 (0/1 nodes are available: 1 Insufficient cpu)',
    ]);
    expect(told).toContain('40 podScheduled web-0 pool-0');
    expect(result.measurement.pods.filter(({ preempted }) => preempted).map(({ workload: of }) => of)).toEqual([
      'batch',
    ]);
  });

  it('does not let a pod of lower priority have the room that was made', () => {
    const half = { cpuRequestMillis: 500 };
    const batch = pods('batch', 3, { priority: -5 }, { pod: graceful });
    const middle = pods('middle', 0, { priority: 0, preempts: false }, { pod: half });
    const web = pods('web', 0, { priority: 10 }, { pod: { cpuRequestMillis: 1500 } });
    const script: Script = [
      [15, 1, 'web'],
      [15, 3, 'middle'],
    ];
    const result = run([batch, middle, web], [pool({ count: 1 })], script);
    // One core is free, but web-0 and the pod of batch that is on its way out are counted there both; then half a core is left for one.
    expect(bound(result).slice(3)).toEqual(['web-0 pool-0', 'middle-0 pool-0']);
    expect(factsOf(result, 'podScheduled').at(-1)?.at).toBe(seconds(25));
  });

  it('never drives out equals, nor at all where it must not', () => {
    const full = pods('batch', 4, { priority: 10 });
    expect(bound(run([full, pods('web', 1, { priority: 10 })], [pool({ count: 1 })]))).toHaveLength(4);
    const below = pods('batch', 4, { priority: 0 });
    const meek = pods('web', 1, { priority: 10, preempts: false });
    expect(bound(run([below, meek], [pool({ count: 1 })]))).toHaveLength(4);
  });

  it('spares pods that a disruption budget keeps where others will do', () => {
    // Both nodes are full of pods of one priority; those of node 0 are kept by a budget.
    const kept = pods(
      'kept',
      4,
      { priority: 0, nodeSelector: { on: 'a' } },
      {
        disruptionBudget: { bound: { minAvailable: { share: 1 } } },
      },
    );
    const free = pods('free', 4, { priority: 0, nodeSelector: { on: 'b' } });
    const two = [
      pool({ name: 'a', count: 1, labels: { on: 'a' } }),
      pool({ name: 'b', count: 1, labels: { on: 'b' } }),
    ];
    const result = run([kept, free, pods('web', 0, { priority: 9 })], two, [[30, 1, 'web']]);
    expect(factsOf(result, 'podBeganTerminating').map(({ workload: of }) => of)).toEqual(['free']);
    // With nothing else to drive out, it is violated.
    const alone = run([kept, pods('web', 0, { priority: 9, nodeSelector: { on: 'a' } })], two, [[30, 1, 'web']]);
    expect(factsOf(alone, 'podBeganTerminating').map(({ workload: of }) => of)).toEqual(['kept']);
  });

  it('makes room for several pods at one instant, each with victims of its own', () => {
    const batch = pods('batch', 8, { priority: -5 });
    const result = run([batch, pods('web', 0, { priority: 10 })], [pool()], [[30, 3, 'web']]);
    expect(factsOf(result, 'podBeganTerminating')).toHaveLength(3);
    expect(bound(result).filter((line) => line.startsWith('web'))).toHaveLength(3);
  });

  it('goes on when the promised node goes', () => {
    const batch = pods(
      'batch',
      8,
      { priority: -5 },
      { pod: { termination: { preStopMicros: seconds(50), graceMicros: seconds(60) } } },
    );
    const spec = world({
      workloads: [batch, pods('web', 0, { priority: 10 })],
      nodePools: [pool()],
      cluster: { nodeMonitorGraceMicros: seconds(1), evictionAfterMicros: seconds(5), restartDelayMicros: seconds(10) },
      faults: [{ kind: 'zoneOutage', zone: 'z', at: seconds(20), durationMicros: null }],
    });
    const zoned2 = { ...spec, nodePools: [pool({ name: 'a', count: 1, zone: 'z' }), pool({ name: 'b', count: 1 })] };
    const result = runSim(zoned2, [[15, 1, 'web']]);
    expect(factsOf(result, 'podNominated').map(({ node }) => node)).toEqual(['a-0', 'b-0']);
    expect(bound(result).at(-1)).toBe('web-0 b-0');
  });
});
