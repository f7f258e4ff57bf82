import { describe, expect, test } from 'vitest';
import { seconds } from '../../src/kernel/micros.js';
import { lines, runSim, workload, world } from '../sim/sim-run.js';

describe('draining, worked by hand', () => {
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
