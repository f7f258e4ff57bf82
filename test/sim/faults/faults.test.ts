import { describe, expect, test } from 'vitest';
import type { FaultSpec } from '../../../src/domain/fault-spec.js';
import { micros, seconds } from '../../../src/kernel/micros.js';
import { chooseVictims } from '../../../src/sim/faults/choose-victims.js';
import { Streams } from '../../../src/kernel/streams.js';
import { factsOf, lines, runSim, type SimRun, workload, world } from '../sim-run.js';

const ten = workload({ initialReplicas: 10 });

function killed(run: SimRun): string[] {
  return factsOf(run, 'podRemoved').map(({ pod }) => pod);
}

describe('killed pods', () => {
  const kill: FaultSpec = { kind: 'killPods', at: seconds(20), workload: 'web', pods: { share: 0.3 } };

  test('vanish with what they have, and are replaced at once', () => {
    const run = runSim(world({ workloads: [ten], faults: [kill] }), [], (fact, plane) => {
      if (fact.type === 'podBecameReady') plane.process(fact.pod).carry(2, 100);
    });
    expect(killed(run)).toHaveLength(3);
    expect(run.plane.notesOf('cut')).toEqual(killed(run).map((pod) => `20 ${pod} cut for failure with 2`));
    expect(lines(run.facts).filter((line) => line.startsWith('20 podCreated'))).toEqual([
      '20 podCreated web-10',
      '20 podCreated web-11',
      '20 podCreated web-12',
    ]);
    expect(run.measurement.pods.filter(({ reason }) => reason === 'killed')).toHaveLength(3);
  });

  test('are the same ones whenever it happens and whatever else goes wrong', () => {
    const others: FaultSpec[] = [
      { kind: 'crashPods', at: seconds(70), workload: 'web', pods: { count: 1 } },
      { kind: 'metricOutage', at: seconds(5), durationMicros: seconds(5) },
    ];
    const alone = killed(runSim(world({ workloads: [ten], faults: [kill] })));
    expect(killed(runSim(world({ workloads: [ten], faults: [...others, kill] })))).toEqual(alone);
    expect(killed(runSim(world({ workloads: [ten], faults: [{ ...kill, at: seconds(33) }] })))).toEqual(alone);
    expect(killed(runSim(world({ seed: 2, workloads: [ten], faults: [kill] })))).not.toEqual(alone);
  });

  test('a second fault of the same kind draws afresh', () => {
    const again: FaultSpec = { ...kill, at: seconds(60) };
    const both = killed(runSim(world({ workloads: [workload({ initialReplicas: 40 })], faults: [kill, again] })));
    expect(both.length).toBe(24);
    expect(new Set(both).size).toBe(24);
  });
});

test('one candidate more shifts nobody: those chosen stay chosen or make room for the newcomer', () => {
  const random = new Streams(7).stream('fault', 'x');
  const numbers = Array.from({ length: 101 }, (_, i) => i);
  const choose = (count: number, of: number) => chooseVictims(numbers.slice(0, of), { count }, random, (i) => i);
  for (let of = 20; of < 100; of += 1) {
    const before = new Set(choose(5, of));
    const newcomers = choose(5, of + 1).filter((i) => !before.has(i));
    expect(newcomers.every((i) => i === of)).toBe(true);
  }
  expect(chooseVictims(numbers.slice(0, 100), { share: 0.07 }, random, (i) => i)).toHaveLength(7);
  expect(chooseVictims(numbers.slice(0, 4), { share: 0.1 }, random, (i) => i)).toHaveLength(1);
  expect(chooseVictims(numbers.slice(0, 4), { share: 0 }, random, (i) => i)).toHaveLength(0);
});

test('a crashed container is started again in place, with a start-up time of its own', () => {
  const spec = world({
    workloads: [workload({}, { start: { kind: 'exponential', mean: 7e6 } })],
    faults: [
      { kind: 'crashPods', at: seconds(20), workload: 'web', pods: { count: 1 } },
      { kind: 'crashPods', at: seconds(80), workload: 'web', pods: { count: 1 } },
    ],
  });
  const run = runSim(spec);
  const told = lines(run.facts).slice(5);
  expect(told[0]).toBe('20 podBecameUnready web-0 (container crashed)');
  expect(told[1]).toBe('30 podStarted web-0');
  expect(told.filter((line) => line.includes('podRemoved') || line.includes('podCreated'))).toEqual([]);
  const [first, second] = run.plane
    .notesOf('listens')
    .slice(1)
    .map((note) => Number(note.split(' ')[0]));
  expect(first - 30).not.toBe(second - 90);
  expect(run.plane.opened).toHaveLength(3);
});

test('a thundering restart takes every container at one instant, those that start included', () => {
  const spec = world({
    workloads: [workload({ initialReplicas: 3 })],
    faults: [{ kind: 'restartPods', at: seconds(20), workload: 'web' }],
  });
  const run = runSim(spec, [[15, 4]]);
  expect(lines(run.facts).filter((line) => /^(20|30|40) /.test(line))).toEqual([
    '20 podBecameUnready web-0 (container restarted)',
    '20 podBecameUnready web-1 (container restarted)',
    '20 podBecameUnready web-2 (container restarted)',
    ...[0, 1, 2, 3].map((n) => `30 podStarted web-${n}`),
    ...[0, 1, 2, 3].map((n) => `40 podBecameReady web-${n}`),
  ]);
  expect(run.plane.notesOf('cut')).toHaveLength(4);
  expect(killed(run)).toEqual([]);
});

test('pods created in a slow spell take longer to start, those created before or after do not', () => {
  const spec = world({
    faults: [
      { kind: 'slowStart', at: seconds(20), durationMicros: seconds(20), workload: 'web', factor: 3 },
      { kind: 'slowStart', at: seconds(25), durationMicros: seconds(10), workload: 'web', factor: 2 },
    ],
  });
  const { plane } = runSim(spec, [
    [15, 2],
    [30, 3],
    [45, 4],
  ]);
  expect(plane.notesOf('listens').slice(1)).toEqual(['22 web-1 listens', '52 web-3 listens', '72 web-2 listens']);
});

test('a slow dependency is told the product of the factors that hold', () => {
  const { plane } = runSim(
    world({
      faults: [
        { kind: 'slowDependency', at: seconds(10), durationMicros: seconds(30), dependency: 'db', factor: 1.7 },
        { kind: 'slowDependency', at: seconds(20), durationMicros: seconds(10), dependency: 'db', factor: 10 },
      ],
    }),
  );
  expect(plane.notesOf('times')).toEqual([
    '10 db takes 1.7 times',
    '20 db takes 17 times',
    '30 db takes 1.7 times',
    '40 db takes 1 times',
  ]);
});

test('capacity is lost by all pods, those opened meanwhile included, and given back', () => {
  const seen: number[][] = [];
  const { plane } = runSim(
    world({
      faults: [{ kind: 'loseCapacity', at: seconds(10), durationMicros: seconds(40), workload: 'web', share: 0.25 }],
    }),
    [[30, 2]],
    (fact, { opened }) => {
      if (fact.type === 'ticked' && fact.at >= micros(15e6)) seen.push(opened.map(({ lostShare }) => lostShare));
    },
  );
  expect(seen.slice(0, 4)).toEqual([[0.25], [0.25], [0.25, 0.25], [0, 0]]);
  expect(plane.opened).toHaveLength(2);
});
