import { describe, expect, test } from 'vitest';
import type { FaultSpec, MissingSamples } from '../../../src/domain/fault-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, runSim, type SimRun, workload, world } from '../sim-run.js';

/** Scrapes every 15 s; the fake pods burn half a core. The fault holds from 32 s to 72 s, for the scrapes at 45 and 60. */
function faulty(kind: 'metricStuck' | 'metricDoubled', more: readonly FaultSpec[] = []): SimRun {
  const faults: FaultSpec[] = [{ kind, at: seconds(32), durationMicros: seconds(40) }, ...more];
  return runSim(world({ faults }), [], (fact, plane) => {
    if (fact.type === 'ticked') plane.counters = { requests: fact.at / 1e5, errors: fact.at / 1e6 };
    if (fact.type === 'podBecameReady') plane.process(fact.pod).carry(4, 1000);
  });
}

function pods(run: SimRun): [number, number, number, number][] {
  return factsOf(run, 'podsScraped').map(({ scrapedAt, cpuMicros, memoryMiB, inFlight }) => [
    scrapedAt / 1e6,
    cpuMicros[0] / 1e6,
    memoryMiB[0],
    inFlight[0],
  ]);
}

test('stuck values are old ones with fresh times: a rate over them is nothing', () => {
  expect(pods(faulty('metricStuck')).map(([at, cpu]) => [at, cpu])).toEqual([
    [15, 7.5],
    [30, 15],
    [45, 15],
    [60, 15],
    [75, 37.5],
    [90, 45],
    [105, 52.5],
  ]);
});

describe('doubled values', () => {
  test('make counters grow twice as fast and gauges twice as large, and only while it lasts', () => {
    expect(pods(faulty('metricDoubled'))).toEqual([
      [15, 7.5, 110, 4],
      [30, 15, 110, 4],
      [45, 30, 220, 8],
      [60, 45, 220, 8],
      [75, 52.5, 110, 4],
      [90, 60, 110, 4],
      [105, 67.5, 110, 4],
    ]);
  });

  test('of a balancer too', () => {
    // The counters are those of the tick before: 0 at the first scrape, then 150 more each time.
    const traffic = factsOf(faulty('metricDoubled'), 'trafficScraped');
    expect(traffic.map(({ requests, errors, inFlight }) => [requests, errors, inFlight])).toEqual([
      [0, 0, 4],
      [150, 15, 4],
      [450, 45, 8],
      [750, 75, 8],
      [900, 90, 4],
      [1050, 105, 4],
      [1200, 120, 4],
    ]);
  });

  test('start from nothing where a container does', () => {
    const crash: FaultSpec = { kind: 'crashPods', at: seconds(50), workload: 'web', pods: { count: 1 } };
    // Crashed at 50, started again at 60, listening at 67: 4 s of CPU at 75 that nobody doubles any more.
    expect(pods(faulty('metricDoubled', [crash])).map(([at, cpu]) => [at, cpu])).toEqual([
      [15, 7.5],
      [30, 15],
      [45, 30],
      [60, 0],
      [75, 4],
      [90, 11.5],
      [105, 19],
    ]);
  });
});

describe('pods without a sample', () => {
  const missing = (pods: MissingSamples['pods']): MissingSamples => ({
    kind: 'missingSamples',
    at: seconds(20),
    durationMicros: seconds(30),
    workload: 'web',
    pods,
  });
  const run = (faults: FaultSpec[]) =>
    factsOf(runSim(world({ workloads: [workload({ initialReplicas: 10 })], faults }), [[30, 12]]), 'podsScraped');

  test('are the same ones all the time, serve on, and are read again afterwards', () => {
    const scrapes = run([missing({ share: 0.2 })]);
    const all = Array.from({ length: 10 }, (_, i) => `web-${i}`);
    expect(scrapes[0].pods).toEqual(all);
    expect(scrapes[1].pods).toHaveLength(8);
    // Two pods more since 30 s, which nothing silences.
    expect(scrapes[2].pods).toEqual([...scrapes[1].pods, 'web-10', 'web-11']);
    expect(scrapes[3].pods).toEqual([...all, 'web-10', 'web-11']);
  });

  test('overlap without ending early', () => {
    const longer = { ...missing({ share: 1 }), durationMicros: seconds(50) };
    const scrapes = run([missing({ count: 3 }), longer]);
    expect(scrapes.map(({ pods }) => pods.length)).toEqual([10, 0, 2, 2, 12, 12, 12]);
  });
});
