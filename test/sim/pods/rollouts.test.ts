import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import type { RolloutStrategy } from '../../../src/domain/rollout-spec.js';
import type { PodSpec, WorkloadSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { proportions } from '../../../src/sim/pods/proportions.js';
import { factsOf, lines, plainPod, pool, runSim, type Script, type SimRun, workload, world } from '../sim-run.js';

const usual: RolloutStrategy = {
  type: 'RollingUpdate',
  maxSurge: { share: 0.25 },
  maxUnavailable: { share: 0.25 },
  minReadyMicros: seconds(0),
  progressDeadlineMicros: seconds(600),
};

/** A pod of the plain kind listens after 7 s and is ready 10 s after its creation. */
function rolled(strategy: Partial<RolloutStrategy>, replicas: number, script: Script = [], more: More = {}): SimRun {
  const web = workload({
    initialReplicas: replicas,
    strategy: { ...usual, ...strategy },
    rollouts: [{ at: seconds(20), pod: { ...plainPod, ...more.pod }, demandFactor: 1 }],
    ...more.workload,
  });
  return runSim(world({ workloads: [web], ...more.world }), script);
}

interface More {
  readonly pod?: Partial<PodSpec>;
  readonly workload?: Partial<WorkloadSpec>;
  readonly world?: Partial<WorldSpec>;
}

function from(second: number, { facts }: SimRun): string[] {
  const told = /podCreated|podBeganTerminating|podBecameReady|podRemoved/;
  return lines(facts).filter((line) => Number(line.split(' ')[0]) >= second && told.test(line));
}

describe('a rolling update', () => {
  test('replaces pods within its surge and unavailability', () => {
    // Of 4: one more, one missing. At once one new pod and one old one gone; then two by two as new pods become ready.
    expect(from(20, rolled({}, 4))).toEqual([
      '20 podCreated web-4',
      '20 podBeganTerminating web-3 (rolled out)',
      '20 podCreated web-5',
      '20 podRemoved web-3 (rolled out)',
      '30 podBecameReady web-4',
      '30 podBecameReady web-5',
      '30 podBeganTerminating web-2 (rolled out)',
      '30 podBeganTerminating web-1 (rolled out)',
      '30 podCreated web-6',
      '30 podCreated web-7',
      '30 podRemoved web-2 (rolled out)',
      '30 podRemoved web-1 (rolled out)',
      '40 podBecameReady web-6',
      '40 podBecameReady web-7',
      '40 podBeganTerminating web-0 (rolled out)',
      '40 podRemoved web-0 (rolled out)',
    ]);
  });

  test('rounds a surge up and an unavailability down: 25% of 3 are 1 and 0', () => {
    const run = rolled({}, 3);
    expect(extremes(run)).toEqual({ most: 4, leastReady: 3 });
    expect(run.measurement.rollouts).toEqual([
      { workload: 'web', revision: 1, startedAt: 20e6, finishedAt: 50e6, stuckAt: null },
    ]);
  });

  test('lets one be missing where neither is allowed', () => {
    expect(extremes(rolled({ maxSurge: { count: 0 }, maxUnavailable: { count: 0 } }, 3))).toEqual({
      most: 3,
      leastReady: 2,
    });
  });

  test('waits until a new pod has been ready for minReadySeconds', () => {
    const run = rolled({ maxUnavailable: { count: 0 }, maxSurge: { count: 1 }, minReadyMicros: seconds(15) }, 1);
    expect(from(20, run)).toEqual([
      '20 podCreated web-1',
      '30 podBecameReady web-1',
      '45 podBeganTerminating web-0 (rolled out)',
      '45 podRemoved web-0 (rolled out)',
    ]);
    expect(run.measurement.rollouts?.[0].finishedAt).toBe(45e6);
  });

  test('removes old pods first that are not available', () => {
    const starting: Script = [[15, 4]];
    const run = rolled({ maxSurge: { count: 0 }, maxUnavailable: { count: 1 } }, 3, starting);
    // web-3 is not ready yet at 20 s.
    expect(from(20, run).slice(0, 2)).toEqual([
      '20 podBeganTerminating web-3 (rolled out)',
      '20 podRemoved web-3 (rolled out)',
    ]);
  });

  test('that cannot get on is stuck after its deadline, and harms no more than it may', () => {
    const run = rolled({ progressDeadlineMicros: seconds(60) }, 4, [], {
      pod: { start: { kind: 'constant', value: 3600e6 } },
    });
    expect(run.measurement.rollouts).toEqual([
      { workload: 'web', revision: 1, startedAt: 20e6, finishedAt: null, stuckAt: 80e6 },
    ]);
    expect(extremes(run)).toEqual({ most: 5, leastReady: 3 });
  });

  test('gives way to the next revision, which takes the place of both', () => {
    const second = { at: seconds(25), pod: plainPod, demandFactor: 1 };
    const first = { at: seconds(20), pod: plainPod, demandFactor: 1 };
    const run = rolled({}, 4, [], { workload: { rollouts: [first, second] } });
    expect(run.measurement.rollouts?.map(({ finishedAt }) => finishedAt)).toEqual([null, 45e6]);
    expect(from(25, run).slice(0, 4)).toEqual([
      '25 podBeganTerminating web-5 (rolled out)',
      '25 podRemoved web-5 (rolled out)',
      '25 podBeganTerminating web-4 (rolled out)',
      '25 podRemoved web-4 (rolled out)',
    ]);
  });

  test('has new pods take what the new revision says, and tells the engine', () => {
    const run = rolled({}, 4, [], { pod: { cpuRequestMillis: 2000 }, world: { nodePools: [pool({ count: 2 })] } });
    const created = factsOf(run, 'podCreated');
    expect(created.at(0)?.resources).toBeUndefined();
    expect(created.at(-1)?.resources?.cpuRequestMillis).toBe(2000);
  });

  test('loses to its own account what it cuts off', () => {
    const web = workload({
      initialReplicas: 1,
      strategy: usual,
      rollouts: [{ at: seconds(20), pod: plainPod, demandFactor: 1 }],
    });
    const run = runSim(world({ workloads: [web] }), [], (fact, plane) => {
      if (fact.type === 'podBeganTerminating') plane.process(fact.pod).carry(2, 100);
    });
    expect(run.plane.notesOf('cut')).toEqual(['60 web-0 cut for rollout with 2']);
  });
});

describe('replicas that change during a rolling update', () => {
  test('are spread in proportion, the largest replica set taking what rounding leaves', () => {
    // Kubernetes' own example: 10 replicas, surge 3: 5 new and 8 old; 15 replicas make 18, of which 7 new and 11 old.
    const sets = [
      { revision: 0, wanted: 8, maxReplicas: 13 },
      { revision: 1, wanted: 5, maxReplicas: 13 },
    ];
    expect(proportions(sets, 15, 3)).toEqual([11, 7]);
    expect(proportions(sets, 5, 3)).toEqual([5, 3]);
    expect(proportions(sets, 0, 3)).toEqual([0, 0]);
  });

  test('keep the update within its bounds', () => {
    const run = rolled({}, 8, [[30, 12]]);
    expect(run.measurement.rollouts?.[0].finishedAt).not.toBeNull();
    expect(factsOf(run, 'podBeganTerminating').every(({ reason }) => reason === 'rolled out')).toBe(true);
  });
});

describe('Recreate', () => {
  test('starts new pods when the last old one is gone', () => {
    const web = workload({
      initialReplicas: 2,
      strategy: { ...usual, type: 'Recreate' },
      rollouts: [{ at: seconds(20), pod: plainPod, demandFactor: 1 }],
    });
    const run = runSim(world({ workloads: [web] }), [], (fact, plane) => {
      if (fact.type === 'podBeganTerminating' && fact.pod === 'web-0') plane.process(fact.pod).carry(1, 31.5);
    });
    expect(from(20, run)).toEqual([
      '20 podBeganTerminating web-1 (rolled out)',
      '20 podBeganTerminating web-0 (rolled out)',
      '20 podRemoved web-1 (rolled out)',
      '32 podRemoved web-0 (rolled out)',
      '32 podCreated web-2',
      '32 podCreated web-3',
      '42 podBecameReady web-2',
      '42 podBecameReady web-3',
    ]);
  });

  test('creates nothing beside an old pod that drains, even when another number is asked for', () => {
    const web = workload({
      initialReplicas: 2,
      strategy: { ...usual, type: 'Recreate' },
      rollouts: [{ at: seconds(20), pod: plainPod, demandFactor: 1 }],
    });
    const run = runSim(world({ workloads: [web] }), [[30, 3]], (fact, plane) => {
      if (fact.type === 'podBeganTerminating' && fact.pod === 'web-0') plane.process(fact.pod).carry(1, 44.5);
    });
    expect(from(21, run)).toEqual([
      '45 podRemoved web-0 (rolled out)',
      '45 podCreated web-2',
      '45 podCreated web-3',
      '45 podCreated web-4',
      '55 podBecameReady web-2',
      '55 podBecameReady web-3',
      '55 podBecameReady web-4',
    ]);
  });

  test('is not stuck as long as one pod more comes within each deadline', () => {
    // Six pods, one every ten seconds: the last is ready 70 s after the beginning.
    const podCreation = { perSecond: 0.1, burst: 1, latencyMicros: seconds(0) };
    const strategy = { ...usual, type: 'Recreate', progressDeadlineMicros: seconds(30) } as const;
    const rollouts = [{ at: seconds(20), pod: plainPod, demandFactor: 1 }];
    const web = workload({ initialReplicas: 6, strategy, rollouts });
    const spec = world({ workloads: [web], cluster: { ...world().cluster, podCreation } });
    expect(runSim(spec).measurement.rollouts).toMatchObject([{ startedAt: 20e6, finishedAt: 80e6, stuckAt: null }]);
  });
});

test('never more pods than replicas and surge, never fewer ready than replicas less what may be missing', () => {
  const count = fc.oneof(
    fc.integer({ min: 0, max: 4 }).map((n) => ({ count: n })),
    fc.integer({ min: 0, max: 100 }).map((percent) => ({ share: percent / 100 })),
  );
  const run = fc.record({
    replicas: fc.integer({ min: 1, max: 12 }),
    maxSurge: count,
    maxUnavailable: count,
    minReady: fc.integer({ min: 0, max: 12 }),
    start: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(run, ({ replicas, maxSurge, maxUnavailable, minReady, start }) => {
      const done = rolled({ maxSurge, maxUnavailable, minReadyMicros: seconds(minReady) }, replicas, [], {
        pod: { start: { kind: 'constant', value: start * 1e6 } },
        world: { durationMicros: seconds(900), metrics: { ...world().metrics, scrapeMicros: seconds(60) } },
      });
      const surge = 'count' in maxSurge ? maxSurge.count : Math.ceil(maxSurge.share * replicas - 1e-9);
      const named =
        'count' in maxUnavailable ? maxUnavailable.count : Math.floor(maxUnavailable.share * replicas + 1e-9);
      const missing = Math.min(replicas, surge === 0 && named === 0 ? 1 : named);
      const { most, leastReady } = extremes(done);
      expect(most).toBeLessThanOrEqual(replicas + surge);
      expect(leastReady).toBeGreaterThanOrEqual(replicas - missing);
      expect(done.measurement.rollouts?.[0].finishedAt).not.toBeNull();
      expect(done.measurement.pods.filter(({ removedAt }) => removedAt === null)).toHaveLength(replicas);
    }),
    { seed: 42, numRuns: 60 },
  );
});

/** The most active pods, and the fewest ready ones, at the end of any instant from 20 s on. */
function extremes({ facts }: SimRun): { most: number; leastReady: number } {
  const active = new Set<string>();
  const ready = new Set<string>();
  let [most, leastReady] = [0, Infinity];
  facts.forEach((fact, i) => {
    follow(fact, active, ready);
    const over = i + 1 === facts.length || facts[i + 1].at > fact.at;
    if (fact.at < 20e6 || !over) return;
    most = Math.max(most, active.size);
    leastReady = Math.min(leastReady, ready.size);
  });
  return { most, leastReady };
}

function follow(fact: Fact, active: Set<string>, ready: Set<string>): void {
  if (fact.type === 'podCreated') active.add(fact.pod);
  if (fact.type === 'podBecameReady') ready.add(fact.pod);
  if (fact.type === 'podBecameUnready') ready.delete(fact.pod);
  if (fact.type !== 'podBeganTerminating') return;
  active.delete(fact.pod);
  ready.delete(fact.pod);
}
