import { describe, expect, test } from 'vitest';
import type { PodResources } from '../../../src/domain/pod-resources.js';
import type { DisruptionBudget } from '../../../src/domain/rollout-spec.js';
import type { PodSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { factsOf, lines, pool, runSim, type Script, type SimRun, workload, world } from '../sim-run.js';

const resources: PodResources = {
  cpuRequestMillis: 1500,
  cpuLimitMillis: null,
  memoryRequestMiB: 1024,
  memoryLimitMiB: null,
};

function resize(second: number, pod: string, changes: Partial<PodResources>): Script[number] {
  return { second, command: { type: 'resizePod', workload: 'web', pod, resources: { ...resources, ...changes } } };
}

function evict(second: number, pod: string): Script[number] {
  return { second, command: { type: 'evictPod', workload: 'web', pod } };
}

function run(script: Script, replicas: number, changes: Partial<WorldSpec> = {}, pod: Partial<PodSpec> = {}): SimRun {
  const web = workload({ initialReplicas: replicas, resourcesChange: true }, pod);
  return runSim(world({ workloads: [web], nodePools: [pool({ count: 1 })], ...changes }), script);
}

function from(second: number, { facts }: SimRun): string[] {
  return lines(facts).filter((line) => Number(line.split(' ')[0]) >= second);
}

describe('resources of pods to come', () => {
  const set: Script[number] = { second: 15, command: { type: 'setPodResources', workload: 'web', resources } };

  test('hold for pods created from then on, which say so', () => {
    const { facts } = run([set, [30, 2]], 1);
    expect(facts.filter(({ type }) => type === 'podResourcesSet')).toEqual([
      { type: 'podResourcesSet', at: 15e6, workload: 'web', resources },
    ]);
    const created = facts.filter((fact) => fact.type === 'podCreated');
    expect(created.map((fact) => ('resources' in fact ? fact.resources : null))).toEqual([null, resources]);
  });

  test('decide where a pod fits, and what a node has left', () => {
    // 4 cores: one pod of 1, two of 1.5.
    const fits = run([set, [30, 4]], 1);
    expect(from(30, fits)).toContain('30 podFoundUnschedulable web-3 (0/1 nodes are available: 1 Insufficient cpu)');
    expect(factsOf(fits, 'podScheduled').map(({ pod }) => pod)).toEqual(['web-0', 'web-1', 'web-2']);
  });

  test('show in the series and in what is asked for', () => {
    const { measurement } = run([set, [30, 2]], 1);
    const columns = measurement.series.tables.find(({ kind }) => kind === 'workload')?.columns;
    expect([columns?.requestedCores[0], columns?.requestedCores[5]]).toEqual([1, 2.5]);
    expect([columns?.requestedMemoryMiB[0], columns?.requestedMemoryMiB[5]]).toEqual([512, 1536]);
    // Half a core is used of 1 and 1.5.
    expect(columns?.cpuUtilisation[9]).toBeCloseTo(1 / 2.5, 9);
  });

  test('are kept within the namespace', () => {
    const none = { min: null, max: null, default: null, defaultRequest: null };
    const cluster = { ...world().cluster, limitRange: { cpu: { ...none, max: 1200 }, memory: { ...none, min: 2048 } } };
    const [fact] = factsOf(run([set], 1, { cluster }), 'podResourcesSet');
    expect(fact.resources).toEqual({
      cpuRequestMillis: 1200,
      cpuLimitMillis: 1200,
      memoryRequestMiB: 2048,
      memoryLimitMiB: null,
    });
  });
});

describe('a resize in place', () => {
  test('is carried out at once where the node has room', () => {
    const done = run([resize(15, 'web-0', { cpuRequestMillis: 3500 })], 1);
    expect(from(15, done)).toEqual(['15 podResized web-0']);
    expect(done.plane.notesOf('gets')).toEqual(['15 web-0 gets 3500m to nullm CPU']);
    expect(done.measurement.pods[0].requests).toEqual([
      { from: 0, cpuMillis: 1000, memoryMiB: 512 },
      { from: 15e6, cpuMillis: 3500, memoryMiB: 1024 },
    ]);
  });

  test('waits for room, which is kept for it, and comes when there is some', () => {
    // Three pods of 1 core on 4: web-0 wants 2.5, so a fourth pod finds no room although one core is free.
    const done = run([resize(15, 'web-0', { cpuRequestMillis: 2500 }), [30, 4], [45, 2]], 3);
    expect(from(15, done)).toEqual([
      '15 podResizeRefused web-0 (the node does not have enough CPU: 1500m more requested)',
      '30 replicasSet web 4',
      '30 podCreated web-3',
      '30 podFoundUnschedulable web-3 (0/1 nodes are available: 1 Insufficient cpu)',
      '45 replicasSet web 2',
      '45 podBeganTerminating web-3 (scaled down)',
      '45 podRemoved web-3 (scaled down)',
      '45 podBeganTerminating web-2 (scaled down)',
      '45 podRemoved web-2 (scaled down)',
      '45 podResized web-0',
    ]);
    expect(factsOf(done, 'podResizeRefused')[0].cause).toBe('deferred');
  });

  test('lets who waits have what was kept for a pod that is gone, or wants less now', () => {
    // Node of 4 cores: two pods of 1.5; web-1 wants 2.5 and has the last core kept for it, so web-2 waits until web-1 changes its mind.
    const wants = resize(15, 'web-1', { cpuRequestMillis: 2750 });
    const less = resize(45, 'web-1', { cpuRequestMillis: 1500 });
    const pod = { cpuRequestMillis: 1300, memoryRequestMiB: 1024 };
    const done = run([wants, [30, 3], less], 2, {}, pod);
    expect(from(30, done)).toEqual([
      '30 replicasSet web 3',
      '30 podCreated web-2',
      '30 podFoundUnschedulable web-2 (0/1 nodes are available: 1 Insufficient cpu)',
      '45 podResized web-1',
    ]);
    const back = run([wants, [30, 3], resize(45, 'web-1', { cpuRequestMillis: 1300 })], 2, {}, pod);
    expect(from(45, back).slice(0, 2)).toEqual(['45 podResized web-1', '45 podScheduled web-2 pool-0']);
    const gone = run([wants, [30, 3], evict(45, 'web-1')], 2, {}, pod);
    expect(factsOf(gone, 'podScheduled').filter(({ pod }) => pod === 'web-2')).toMatchObject([{ at: 45e6 }]);
  });

  test('gives what it frees to who waits', () => {
    const smaller = resize(30, 'web-0', { cpuRequestMillis: 400, memoryRequestMiB: 512 });
    const done = run([[15, 5], smaller], 4, {}, { cpuRequestMillis: 900 });
    // 4 x 900 of 4000: a fifth fits when one has no more than 400.
    expect(from(30, done).slice(0, 2)).toEqual(['30 podResized web-0', '30 podScheduled web-4 pool-0']);
  });

  test.each<[string, Partial<PodResources>, Partial<PodSpec>, string]>([
    [
      'more than its node has',
      { cpuRequestMillis: 4001 },
      {},
      'the node does not have enough capacity: 4001m CPU requested, 4000m allocatable',
    ],
    [
      'another quality of service',
      { cpuLimitMillis: 1500, memoryLimitMiB: 1024 },
      {},
      "it would change the pod's QoS class from Burstable to Guaranteed",
    ],
    ['a request above the limit', { cpuLimitMillis: 1000 }, {}, 'the CPU request would be above the limit'],
  ])('is never possible with %s', (_, changes, pod, reason) => {
    const refused = factsOf(run([resize(15, 'web-0', changes)], 1, {}, pod), 'podResizeRefused');
    expect(refused).toEqual([
      { type: 'podResizeRefused', at: 15e6, workload: 'web', pod: 'web-0', cause: 'infeasible', reason },
    ]);
  });

  test('does not lower a memory limit below what is in use, and comes when less is', () => {
    const web = workload({ initialReplicas: 1, resourcesChange: true }, { memoryLimitMiB: 200 });
    const lower = resize(15, 'web-0', { memoryRequestMiB: 64, memoryLimitMiB: 110 });
    const done = runSim(world({ workloads: [web] }), [lower], (fact, plane) => {
      // 100 MiB idle and 2.5 for each of 6 requests, until 40 s.
      if (fact.type === 'podBecameReady') plane.process('web-0').carry(6, 40);
    });
    expect(from(15, done)).toEqual([
      '15 podResizeRefused web-0 (the memory limit of 110Mi would be below the 115Mi in use)',
      '75 podResized web-0',
    ]);
  });

  test('moves the limit at which a container is killed', () => {
    const web = workload({ initialReplicas: 1, resourcesChange: true }, { memoryLimitMiB: 120 });
    const higher = resize(15, 'web-0', { memoryRequestMiB: 64, memoryLimitMiB: 130 });
    const killed = (script: Script, onBoard: number): number[] => {
      const done = runSim(world({ workloads: [web] }), script, (fact, plane) => {
        if (fact.type === 'ticked' && fact.at === 30e6) plane.process('web-0').carry(onBoard, 45);
      });
      return factsOf(done, 'containerOomKilled').map(({ memoryMiB }) => memoryMiB);
    };
    expect([killed([], 9), killed([higher], 12), killed([higher], 13)]).toEqual([[122.5], [], [132.5]]);
  });

  test('of a pod on its way out is refused', () => {
    const done = runSim(
      world({ workloads: [workload({ initialReplicas: 2, resourcesChange: true })] }),
      [[15, 1], resize(30, 'web-1', {})],
      (fact, plane) => {
        if (fact.type === 'podBeganTerminating') plane.process(fact.pod).carry(1, 100);
      },
    );
    expect(from(30, done)[0]).toBe('30 podResizeRefused web-1 (the pod was asked to stop)');
  });

  test('must not come in a world that was told of none', () => {
    expect(() => runSim(world({}), [resize(15, 'web-0', {})])).toThrow('that was not told that they may');
  });
});

describe('an eviction', () => {
  const atLeast = (count: number): DisruptionBudget => ({ bound: { minAvailable: { count } } });

  test('asks a pod to stop, with its grace, and it is replaced at once', () => {
    const done = runSim(
      world({ workloads: [workload({ initialReplicas: 2 })] }),
      [evict(15, 'web-0')],
      (fact, plane) => {
        if (fact.type === 'podBeganTerminating') plane.process(fact.pod).carry(1, 20);
      },
    );
    expect(from(15, done)).toEqual([
      '15 podBeganTerminating web-0 (script)',
      '15 podCreated web-2',
      '15 podScheduled web-2 serverless',
      '15 podStarted web-2',
      '20 podRemoved web-0 (script)',
      '25 podBecameReady web-2',
    ]);
  });

  test('loses to its own account what it cuts off', () => {
    const done = runSim(
      world({ workloads: [workload({ initialReplicas: 2 })] }),
      [evict(15, 'web-0')],
      (fact, plane) => {
        if (fact.type === 'podBeganTerminating') plane.process(fact.pod).carry(3, 100);
      },
    );
    expect(done.plane.notesOf('cut')).toEqual(['45 web-0 cut for eviction with 3']);
  });

  test('is refused where the budget has nothing left, and granted when a replacement is ready', () => {
    const web = workload({ initialReplicas: 2, disruptionBudget: atLeast(1) });
    const done = runSim(world({ workloads: [web] }), [evict(15, 'web-0'), evict(15, 'web-1'), evict(30, 'web-1')]);
    expect(from(15, done).filter((line) => /Refused|Terminating/.test(line))).toEqual([
      '15 podBeganTerminating web-0 (script)',
      '15 podEvictionRefused web-1 (it would violate the disruption budget: 1 pods are healthy, 1 have to be)',
      '30 podBeganTerminating web-1 (script)',
    ]);
  });

  test.each<[string, DisruptionBudget, number, number]>([
    ['minAvailable as a share is rounded up: 60% of 4 are 3', { bound: { minAvailable: { share: 0.6 } } }, 4, 1],
    ['maxUnavailable as a share is rounded up: 30% of 4 are 2', { bound: { maxUnavailable: { share: 0.3 } } }, 4, 2],
    ['maxUnavailable 1', { bound: { maxUnavailable: { count: 1 } } }, 4, 1],
    ['all have to stay', { bound: { minAvailable: { share: 1 } } }, 4, 0],
  ])('%s', (_, disruptionBudget, replicas, granted) => {
    const web = workload({ initialReplicas: replicas, disruptionBudget });
    const all = Array.from({ length: replicas }, (_one, i) => evict(15, `web-${i}`));
    expect(factsOf(runSim(world({ workloads: [web] }), all), 'podBeganTerminating')).toHaveLength(granted);
  });

  test('of a pod that has not started, or is gone, is no disruption', () => {
    const web = workload({ initialReplicas: 1, disruptionBudget: atLeast(1) });
    const full = world({ workloads: [web], nodePools: [pool({ count: 1, cpuMillis: 1000 })] });
    const done = runSim(full, [[15, 2], evict(30, 'web-1'), evict(45, 'web-1')]);
    expect(from(30, done).slice(0, 3)).toEqual([
      '30 podBeganTerminating web-1 (script)',
      '30 podRemoved web-1 (script)',
      '30 podCreated web-2',
    ]);
    expect(factsOf(done, 'podEvictionRefused')).toEqual([]);
  });
});
