import { describe, expect, test } from 'vitest';
import type { PodSpec, WorkloadSpec } from '../../../src/domain/world-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, lines, pool, runSim, workload, world } from '../sim-run.js';

function after(second: number, facts: Parameters<typeof lines>[0]): string[] {
  return lines(facts).filter((line) => Number(line.split(' ')[0]) > second);
}

describe('a memory limit', () => {
  test('kills a container whose requests take it beyond, at once', () => {
    const run = runSim(world({ workloads: [workload({}, { memoryLimitMiB: 120 })] }), [], (fact, plane) => {
      // 100 MiB and 2.5 for each request: 8 are just allowed.
      if (fact.type === 'ticked' && fact.at === 15e6) plane.process('web-0').carry(8, 25);
      if (fact.type === 'ticked' && fact.at === 30e6) plane.process('web-0').carry(9, 45);
    });
    expect(run.plane.notesOf('cut')).toEqual(['30 web-0 cut for failure with 9']);
    expect(factsOf(run, 'containerOomKilled').map(({ memoryMiB }) => memoryMiB)).toEqual([122.5]);
    expect(after(0, run.facts)).toEqual([
      '30 containerOomKilled web-0',
      '30 podBecameUnready web-0 (OOMKilled)',
      '40 podStarted web-0',
      '50 podBecameReady web-0',
    ]);
  });

  test('is reached by a leak again and again, each container leaking afresh', () => {
    const leak = { memoryLimitMiB: 120, memoryGrowthMiBPerHour: 3600 };
    const run = runSim(world({ workloads: [workload({}, leak)] }));
    // One MiB a second: 120 is allowed after 20 s, and not a microsecond later. Ten seconds until it starts again.
    expect(run.plane.notesOf('cut').map((note) => note.split(' ')[0])).toEqual([
      '20.000001',
      '50.000002',
      '80.000003',
      '110.000004',
    ]);
  });

  test('ends a pod that is on its way out', () => {
    const run = runSim(
      world({ workloads: [workload({ initialReplicas: 2 }, { memoryLimitMiB: 120 })] }),
      [[15, 1]],
      (fact, plane) => {
        if (fact.type === 'podBeganTerminating') plane.process(fact.pod).carry(9, 100);
      },
    );
    expect(after(14, run.facts)).toEqual([
      '15 replicasSet web 1',
      '15 podBeganTerminating web-1 (scaled down)',
      '15 containerOomKilled web-1',
      '15 podRemoved web-1 (OOMKilled)',
    ]);
  });

  test('follows CrashLoopBackOff where the cluster does', () => {
    const cluster = { ...world().cluster, crashLoopBackOff: { initialMicros: seconds(10), maxMicros: seconds(300) } };
    const leak = { memoryLimitMiB: 105, memoryGrowthMiBPerHour: 3600 };
    const run = runSim(world({ cluster, workloads: [workload({}, leak)] }));
    expect(factsOf(run, 'podStarted').map(({ at }) => at / 1e6)).toEqual([
      0, 5.000001, 20.000002, 45.000003, 90.000004,
    ]);
  });
});

test('growth and caches show in what is scraped and in the series', () => {
  const grows = { memoryGrowthMiBPerHour: 360, memoryCache: { sizeMiB: 50, fillMicros: seconds(40) } };
  const run = runSim(world({ workloads: [workload({}, grows)] }));
  // 0.1 MiB a second, and 1.25 more until 40 s.
  expect(factsOf(run, 'podsScraped').map(({ memoryMiB }) => memoryMiB[0])).toEqual([
    120.25, 140.5, 154.5, 156, 157.5, 159, 160.5,
  ]);
  const column = run.measurement.series.tables.find(({ kind }) => kind === 'workload')?.columns.memoryMiB;
  expect(column?.[2]).toBeCloseTo(100 + 37.5 + 3, 9);
});

describe('a node short of memory', () => {
  const pod = (name: string, request: number | null, idle: number, more: Partial<PodSpec> = {}): WorkloadSpec =>
    workload({ name }, { cpuRequestMillis: 100, memoryRequestMiB: request, memoryIdleMiB: idle, ...more });

  /** Who is removed, and when, on a node that can give 1000 MiB to pods. */
  function evicted(workloads: WorkloadSpec[], nodes = 1): string[] {
    const cluster = { ...world().cluster, evictsUnderPressure: true };
    const spec = world({ cluster, workloads, nodePools: [pool({ count: nodes, memoryMiB: 1000 })] });
    return factsOf(runSim(spec), 'podRemoved').map(({ at, pod: name, reason }) => `${at / 1e6} ${name} ${reason}`);
  }

  test('loses pods without a request first, one every ten seconds until there is enough', () => {
    const removed = evicted([pod('guaranteed', 400, 400), pod('burstable', 300, 350), pod('best', null, 300)]);
    // 1050 MiB are used. The pod that replaces it starts on the same node, and uses its memory from the start.
    expect(removed.slice(0, 2)).toEqual([
      '10 best-0 evicted: node low on memory',
      '20 best-1 evicted: node low on memory',
    ]);
    expect(removed).toHaveLength(12);
  });

  test('then those beyond their request, however much others use within theirs', () => {
    expect(evicted([pod('guaranteed', 600, 600), pod('burstable', 300, 450)])[0]).toContain('10 burstable-0');
  });

  test('of those beyond it the lowest priority goes first, and priority spares nobody who alone is beyond it', () => {
    const of = (priority: number, spec: WorkloadSpec): WorkloadSpec => ({ ...spec, scheduling: { priority } });
    // 70 beyond at priority 100, 20 beyond at 10, 50 within at -5.
    const dear = of(100, pod('dear', 300, 370));
    const cheap = of(10, pod('cheap', 300, 320));
    const within = of(-5, pod('within', 370, 320));
    expect(evicted([dear, cheap, within])[0]).toContain('10 cheap-0');
    expect(evicted([dear, of(10, pod('cheap', 330, 320)), within])[0]).toContain('10 dear-0');
    expect(evicted([of(0, pod('dear', 300, 370)), of(0, pod('cheap', 300, 320)), within])[0]).toContain('10 dear-0');
  });

  test('then nobody, as long as the sum is within', () => {
    expect(evicted([pod('guaranteed', 600, 600), pod('burstable', 300, 400)])).toEqual([]);
  });

  test('loses a pod that leaks over and over, on the freer of two nodes each time', () => {
    const leak = pod('leak', 300, 300, { memoryGrowthMiBPerHour: 36_000 });
    // 10 MiB a second beside 500: beyond 1000 after more than 20 s, seen at 30; its successor begins afresh.
    const removed = evicted([pod('a', 600, 600), pod('b', 500, 500), leak], 2);
    expect(removed.map((line) => line.split(' ').slice(0, 2))).toEqual([
      ['30', 'leak-0'],
      ['60', 'leak-1'],
      ['90', 'leak-2'],
      ['120', 'leak-3'],
    ]);
  });
});

test('without eviction nodes bear what they are given', () => {
  const greedy = workload({}, { memoryIdleMiB: 5000 });
  const run = runSim(world({ nodePools: [pool({ count: 1, memoryMiB: 1000 })], workloads: [greedy] }));
  expect(factsOf(run, 'podRemoved')).toEqual([]);
});
