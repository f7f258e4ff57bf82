import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/kernel/micros.js';
import { lines, pool, runSim, workload, world } from '../sim-run.js';

describe('from replicas set to a ready pod', () => {
  const spec = world({
    durationMicros: seconds(60),
    nodePools: [pool({ count: 1 })],
    workloads: [workload({}, { readiness: { periodMicros: seconds(5), rise: 2 } })],
  });

  test('the initial pod is ready and routed to at the start; a second takes start, probes and endpoint lag', () => {
    const { facts, plane } = runSim(spec, [[15, 2]]);
    expect(lines(facts)).toEqual([
      '0 nodeBecameReady pool-0',
      '0 replicasSet web 1',
      '0 podCreated web-0',
      '0 podScheduled web-0 pool-0',
      '0 podStarted web-0',
      '0 podBecameReady web-0',
      '15 replicasSet web 2',
      '15 podCreated web-1',
      '15 podScheduled web-1 pool-0',
      '15 podStarted web-1',
      // Listens at 22; probes at 15, 20 fail, at 25 and 30 succeed.
      '30 podBecameReady web-1',
    ]);
    expect(plane.notesOf('listens')).toEqual(['0 web-0 listens', '22 web-1 listens']);
    expect(plane.notesOf('routes')).toEqual(['0 web routes to web-0', '32 web routes to web-0 web-1']);
  });

  test('a probe at the very instant of listening counts', () => {
    const exact = workload({}, { start: { kind: 'constant', value: 10e6 } });
    const { facts } = runSim(world({ workloads: [exact] }), [[15, 2]]);
    expect(lines(facts).at(-1)).toBe('25 podBecameReady web-1');
  });

  test('the initial pod is a warm one, the second is ready since it became so', () => {
    const { plane } = runSim(spec, [[15, 2]]);
    expect(plane.process('web-0').readySince).toBeLessThan(-3600e6);
    expect(plane.process('web-1').readySince).toBe(30e6);
  });

  test('the records tell the same story', () => {
    const { measurement } = runSim(spec, [[15, 2]]);
    expect(measurement.pods[1]).toEqual({
      workload: 'web',
      ordinal: 1,
      createdAt: 15e6,
      scheduledAt: 15e6,
      readyAt: 30e6,
      terminatingAt: null,
      removedAt: null,
      requests: [{ from: seconds(15), cpuMillis: 1000, memoryMiB: 512 }],
      waits: [],
      reason: '',
    });
    const node = { node: 'pool-0', pool: 'pool', instanceType: 'aws/m5.xlarge', pricePerHour: 0.192, readyAt: 0 };
    expect(measurement.nodes).toEqual([{ ...node, reason: '', paidFrom: 0, removedAt: null, outages: [] }]);
    expect(measurement.scaling).toEqual([{ atSeconds: 15, workload: 'web', from: 1, to: 2, reason: 'scaled up' }]);
  });

  test('a pod on a faster node is opened with its speed', () => {
    const { plane } = runSim(world({ nodePools: [pool({ cpuSpeed: 1.3 })] }));
    expect(plane.process('web-0').speed).toBe(1.3);
  });

  test('ordinals are never used twice', () => {
    const { facts } = runSim(world(), [
      [15, 2],
      [30, 1],
      [45, 2],
    ]);
    expect(lines(facts).filter((line) => line.includes('podCreated'))).toEqual([
      '0 podCreated web-0',
      '15 podCreated web-1',
      '45 podCreated web-2',
    ]);
  });
});

describe('draining', () => {
  /** Two pods; the second, with three requests until an instant, is asked to stop at 15 s. */
  function drainOne(termination: { preStop: number; grace: number }, busyUntil: number) {
    const { preStop, grace } = termination;
    const spec = workload(
      { initialReplicas: 2 },
      { termination: { preStopMicros: seconds(preStop), graceMicros: seconds(grace) } },
    );
    const run = runSim(world({ workloads: [spec] }), [[15, 1]], (fact, plane) => {
      if (fact.type === 'podBecameReady' && fact.pod === 'web-1') plane.process('web-1').carry(3, busyUntil);
    });
    return { ...run, told: lines(run.facts).slice(-2), done: run.plane.notes.slice(3) };
  }

  test('preStop keeps it listening, then it refuses, finishes, and is gone at the next look', () => {
    const { told, done } = drainOne({ preStop: 5, grace: 30 }, 23.4);
    expect(told).toEqual(['15 podBeganTerminating web-1 (scaled down)', '24 podRemoved web-1 (scaled down)']);
    expect(done).toEqual(['17 web routes to web-0', '20 web-1 refuses', '24 web-1 cut for scaling with 0']);
  });

  test('without requests it is gone when preStop ends', () => {
    const { told } = drainOne({ preStop: 5, grace: 30 }, 0);
    expect(told.at(-1)).toBe('20 podRemoved web-1 (scaled down)');
  });

  test('without preStop it refuses what a balancer that does not know yet still sends', () => {
    const { done } = drainOne({ preStop: 0, grace: 30 }, 21);
    expect(done).toEqual(['15 web-1 refuses', '17 web routes to web-0', '21 web-1 cut for scaling with 0']);
  });

  test('the grace counts from the deletion, preStop included, and what is then on board is cut off', () => {
    const { told, done } = drainOne({ preStop: 5, grace: 12.5 }, 100);
    expect(told.at(-1)).toBe('27.5 podRemoved web-1 (scaled down)');
    expect(done.at(-1)).toBe('27.5 web-1 cut for scaling with 3');
  });

  test('a preStop beyond the grace leaves no time to finish', () => {
    const { done } = drainOne({ preStop: 60, grace: 10 }, 100);
    expect(done).toEqual(['17 web routes to web-0', '25 web-1 refuses', '25 web-1 cut for scaling with 3']);
  });

  test('a pod that does not listen yet has nothing to drain', () => {
    const { facts, plane } = runSim(world(), [
      [15, 2],
      [20, 2],
    ]);
    expect(lines(facts)).toContain('25 podBecameReady web-1');
    const early = runSim(world({ tickMicros: seconds(5) }), [
      [15, 2],
      [20, 1],
    ]);
    expect(lines(early.facts).slice(-3)).toEqual([
      '20 replicasSet web 1',
      '20 podBeganTerminating web-1 (scaled down)',
      '20 podRemoved web-1 (scaled down)',
    ]);
    expect(early.plane.notesOf('web-1 listens')).toEqual([]);
    expect(plane.notesOf('web-1 listens')).toEqual(['22 web-1 listens']);
  });

  test('replicas that are asked for again while a pod drains are new pods', () => {
    const { facts } = runSim(
      world({ workloads: [workload({ initialReplicas: 2 })] }),
      [
        [15, 1],
        [30, 2],
      ],
      (fact, plane) => {
        if (fact.type === 'podBecameReady') plane.process(fact.pod).carry(1, 38.5);
      },
    );
    expect(lines(facts).filter((line) => !line.startsWith('0 '))).toEqual([
      '15 replicasSet web 1',
      '15 podBeganTerminating web-1 (scaled down)',
      '30 replicasSet web 2',
      '30 podCreated web-2',
      '30 podScheduled web-2 serverless',
      '30 podStarted web-2',
      '39 podRemoved web-1 (scaled down)',
      '40 podBecameReady web-2',
    ]);
  });
});
