import { describe, expect, test } from 'vitest';
import type { TrafficSplit } from '../../../src/domain/balance/traffic-split.js';
import type { Command } from '../../../src/domain/command.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { WorkloadSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { type Micros, micros, seconds } from '../../../src/kernel/micros.js';
import { runVirtual } from '../../../src/kernel/run-virtual.js';
import { Streams } from '../../../src/kernel/streams.js';
import { assembleSim } from '../../../src/sim/assemble-sim.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import { onlyClass, plainWork, steadyTraffic } from '../requests/plane-world.js';
import { FakePlane } from '../fake-plane.js';
import { workload, world } from '../sim-run.js';

type Given = (at: Micros) => Command;

/** Runs a world on a plane whose engine gives commands at seconds; returns the facts. */
function run(
  spec: WorldSpec,
  commands: readonly (readonly [second: number, command: Given])[],
  act: (fact: Fact, plane: FakePlane) => void = () => undefined,
) {
  const plane = new FakePlane(0);
  const facts: Fact[] = [];
  const sim = assembleSim(
    spec,
    plane,
    (fact) => {
      facts.push(fact);
      act(fact, plane);
      if (fact.type !== 'ticked') return [];
      return commands.filter(([second]) => seconds(second) === fact.at).map(([, command]) => command(fact.at));
    },
    new Streams(spec.seed),
  );
  runVirtual(sim.timeline, sim.end);
  return { facts, plane, measurement: sim.measurement() };
}

const split =
  (to: TrafficSplit): Given =>
  (at) => ({ type: 'setWeights', at, workload: 'web', split: to, reason: 'test' });

/** Two pods and a hundred requests a second, for two minutes. */
function steady(changes: Partial<WorkloadSpec>): WorldSpec {
  const web = workload({ initialReplicas: 2, ...changes });
  const source = steadyTraffic(
    'users',
    'web',
    { perSecond: 100, endMicros: 120e6 },
    { classes: [onlyClass(plainWork(1000))] },
  );
  return world({ workloads: [web], traffic: [source] });
}

describe('commands to balancers', () => {
  test('arrive after their lag, and only then', () => {
    const spec = world({ workloads: [workload({ initialReplicas: 2, commanded: { split: 'pod' } })] });
    const { plane } = run(spec, [[30, split({ by: 'pod', weights: { 'web-0': 3 } })]]);
    expect(plane.notesOf('routes to')).toEqual(['0 web routes to web-0 web-1', '32 web routes to web-0 web-1 as 3 1']);
  });

  test('revisions share their weight, and where nobody would get anything all get the same', () => {
    const spec = world({ workloads: [workload({ initialReplicas: 2, commanded: { split: 'revision' } })] });
    const { plane } = run(spec, [
      [30, split({ by: 'revision', weights: { 0: 80, 1: 20 } })],
      [60, split({ by: 'revision', weights: { 1: 100 } })],
    ]);
    expect(plane.notesOf('as')).toEqual([
      '32 web routes to web-0 web-1 as 40 40',
      '62 web routes to web-0 web-1 as 1 1',
    ]);
  });

  test('health checks that are set take out who does not listen, from when the balancer hears of them', () => {
    const health = { intervalMicros: seconds(5), fall: 2, rise: 1 };
    const set: Given = (at) => ({ type: 'setBalancing', at, workload: 'web', settings: { health }, reason: 'test' });
    const spec = world({ workloads: [workload({ initialReplicas: 2, commanded: { settings: ['health'] } })] });
    const sick = (fact: Fact, plane: FakePlane): void => {
      if (fact.type === 'ticked' && fact.at === seconds(15)) plane.process('web-1').listen(false);
    };
    // Set at 15, heard of at 17, checked at 22 and 27.
    expect(
      run(spec, [[15, set]], sick)
        .plane.notesOf('routes to')
        .at(-1),
    ).toBe('27 web routes to web-0');
    expect(run(spec, [], sick).plane.notesOf('routes to')).toEqual(['0 web routes to web-0 web-1']);
  });

  test('pods leave in the order and within the deadline that was said', () => {
    const spec = world({ workloads: [workload({ initialReplicas: 3 })] });
    const order: Given = (at) => ({
      type: 'drainPods',
      at,
      workload: 'web',
      order: ['web-1'],
      deadlineMicros: seconds(12),
      reason: 'test',
    });
    const scale: Given = (at) => ({ type: 'setReplicas', at, workload: 'web', from: 3, replicas: 2 });
    const busy = (fact: Fact, plane: FakePlane): void => {
      if (fact.type === 'ticked' && fact.at === seconds(15))
        for (const { name } of plane.opened) plane.process(name).carry(5, 999);
    };
    const ends = ({ facts }: { readonly facts: readonly Fact[] }) =>
      facts.flatMap((fact) =>
        fact.type === 'podBeganTerminating' || fact.type === 'podRemoved' ? [`${fact.at / 1e6} ${fact.pod}`] : [],
      );
    expect(
      ends(
        run(
          spec,
          [
            [30, order],
            [30, scale],
          ],
          busy,
        ),
      ),
    ).toEqual(['30 web-1', '42 web-1']);
    expect(ends(run(spec, [[30, scale]], busy))).toEqual(['30 web-2', '60 web-2']);
  });
});

describe('weights of 3 to 1', () => {
  test('give three quarters and one quarter exactly, in turns', () => {
    const spec = steady({ commanded: { split: 'pod', latency: true } });
    const plane = createExactPlane(spec, new Streams(spec.seed));
    const facts: Fact[] = [];
    const sim = assembleSim(
      spec,
      plane,
      (fact) => {
        facts.push(fact);
        return fact.type === 'ticked' && fact.at === seconds(15)
          ? [
              {
                type: 'setWeights',
                at: micros(seconds(15)),
                workload: 'web',
                split: { by: 'pod', weights: { 'web-0': 3, 'web-1': 1 } },
                reason: '',
              },
            ]
          : [];
      },
      new Streams(spec.seed),
    );
    runVirtual(sim.timeline, sim.end);
    const scrapes = facts.filter((fact) => fact.type === 'podsScraped');
    const [first, last] = [scrapes[1], scrapes[scrapes.length - 1]];
    const gained = (i: number): number => last.answered![i] - first.answered![i];
    expect(gained(0) + gained(1)).toBeGreaterThan(5000);
    expect(Math.abs(gained(0) - 3 * gained(1))).toBeLessThanOrEqual(8);
  });
});
