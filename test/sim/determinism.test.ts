import { describe, expect, test } from 'vitest';
import type { FaultSpec } from '../../src/domain/fault-spec.js';
import { seconds } from '../../src/kernel/micros.js';
import { factsOf, pool, runSim, type Script, type SimRun, workload, world } from './sim-run.js';

const drawn = { start: { kind: 'lognormal', mu: Math.log(12e6), sigma: 0.6 } } as const;
const spec = world({
  durationMicros: seconds(600),
  nodePools: [pool({ count: 6 })],
  workloads: [workload({ initialReplicas: 4 }, drawn), workload({ name: 'api', initialReplicas: 2 }, drawn)],
  metrics: { scrapeMicros: seconds(15), lagMicros: seconds(5), dropped: 0.05 },
});
const script: Script = [
  [30, 8],
  [45, 4, 'api'],
  [120, 12],
  [300, 5],
];
const faults: FaultSpec[] = [
  { kind: 'killPods', at: seconds(100), workload: 'api', pods: { count: 1 } },
  { kind: 'killNode', at: seconds(200), count: 1 },
  { kind: 'crashPods', at: seconds(400), workload: 'web', pods: { share: 0.5 } },
];

/** Start-up time of every process that came to listen, by pod and number of the process. */
function startUps({ plane }: SimRun): Map<string, number> {
  const listens = plane.notesOf('listens').map((note) => note.split(' '));
  const first = new Map<string, number>();
  for (const [second, name] of listens) if (!first.has(name)) first.set(name, Number(second));
  return first;
}

describe('the same world', () => {
  test('tells the same facts twice', () => {
    const one = runSim({ ...spec, faults }, script);
    const two = runSim({ ...spec, faults }, script);
    expect(JSON.stringify(two.facts)).toBe(JSON.stringify(one.facts));
    expect(two.plane.notes).toEqual(one.plane.notes);
    expect(two.measurement).toEqual(one.measurement);
  });

  test('with another seed tells other facts', () => {
    const other = runSim({ ...spec, seed: 2, faults }, script);
    expect(JSON.stringify(other.facts)).not.toBe(JSON.stringify(runSim({ ...spec, faults }, script).facts));
  });

  test('with a fault elsewhere starts its pods as before', () => {
    const quiet = startUps(runSim(spec, script));
    const troubled = startUps(
      runSim(
        { ...spec, faults: [{ kind: 'killPods', at: seconds(100), workload: 'api', pods: { count: 2 } }] },
        script,
      ),
    );
    const web = [...quiet].filter(([name]) => name.startsWith('web'));
    expect(web.length).toBeGreaterThanOrEqual(12);
    for (const [name, second] of web) expect(troubled.get(name)).toBe(second);
  });

  test('asked for more pods starts the n-th one as before', () => {
    const few = startUps(runSim({ ...spec, nodePools: [] }, [[30, 8]]));
    const many = startUps(runSim({ ...spec, nodePools: [] }, [[30, 40]]));
    for (const [name, second] of few) expect(many.get(name)).toBe(second);
  });
});

test('commands take effect after everything else of their instant, and every instant keeps the order of phases', () => {
  const run = runSim({ ...spec, faults, metrics: { ...spec.metrics, lagMicros: seconds(0) } }, script);
  const rank = (type: string): number =>
    type === 'podsScraped' || type === 'trafficScraped' ? 1 : type === 'ticked' ? 2 : 0;
  for (let i = 1; i < run.facts.length; i += 1) {
    const [before, after] = [run.facts[i - 1], run.facts[i]];
    expect(after.at).toBeGreaterThanOrEqual(before.at);
    if (after.at === before.at && rank(before.type) < 2)
      expect(rank(after.type)).toBeGreaterThanOrEqual(rank(before.type));
  }
  const set = factsOf(run, 'replicasSet').map(({ at, workload: name, replicas }) => [at / 1e6, name, replicas]);
  expect(set).toEqual([
    [0, 'web', 4],
    [0, 'api', 2],
    [30, 'web', 8],
    [45, 'api', 4],
    [120, 'web', 12],
    [300, 'web', 5],
  ]);
});
