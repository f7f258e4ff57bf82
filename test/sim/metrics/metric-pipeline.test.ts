import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/kernel/micros.js';
import type { FaultSpec } from '../../../src/domain/fault-spec.js';
import { factsOf, runSim, workload, world } from '../sim-run.js';

/** [arrived, scraped] of every scrape of the pods, in seconds. */
function arrivals(faults: readonly FaultSpec[]): [number, number][] {
  const run = runSim(world({ faults }));
  const traffic = factsOf(run, 'trafficScraped').map(({ at, scrapedAt }) => [at / 1e6, scrapedAt / 1e6]);
  const pods = factsOf(run, 'podsScraped').map(({ at, scrapedAt }): [number, number] => [at / 1e6, scrapedAt / 1e6]);
  expect(traffic).toEqual(pods);
  return pods;
}

describe('what the engine sees', () => {
  test('values are read at the scrape and arrive after the lag', () => {
    const run = runSim(world(), [], (fact, plane) => {
      if (fact.type === 'ticked' && fact.at === 15e6) {
        plane.counters = { requests: 120, errors: 3 };
        plane.process('web-0').carry(7, 31);
        plane.process('web-0').waiting = 3;
      }
    });
    expect(factsOf(run, 'podsScraped')[1]).toEqual({
      type: 'podsScraped',
      at: 35e6,
      workload: 'web',
      scrapedAt: 30e6,
      pods: ['web-0'],
      cpuMicros: [15e6],
      memoryMiB: [117.5],
      inFlight: [7],
    });
    expect(factsOf(run, 'trafficScraped')[1]).toEqual({
      type: 'trafficScraped',
      at: 35e6,
      workload: 'web',
      scrapedAt: 30e6,
      requests: 120,
      errors: 3,
      queueLength: 3,
      inFlight: 7,
    });
  });

  test('pods that start are read, pods between two containers are not', () => {
    const run = runSim(
      world({ faults: [{ kind: 'crashPods', at: seconds(85), workload: 'web', pods: { count: 9 } }] }),
      [[15, 2]],
    );
    const pods = factsOf(run, 'podsScraped').map((fact) => fact.pods.join(' '));
    expect(pods).toEqual(['web-0', 'web-0 web-1', 'web-0 web-1', 'web-0 web-1', 'web-0 web-1', '', 'web-0 web-1']);
  });

  test('a tick sees what arrived at its own instant', () => {
    const run = runSim(world({ metrics: { scrapeMicros: seconds(15), lagMicros: seconds(0), dropped: 0 } }));
    const at15 = run.facts.filter(({ at }) => at === 15e6).map(({ type }) => type);
    expect(at15).toEqual(['podsScraped', 'trafficScraped', 'ticked']);
  });

  test('an outage delivers nothing; what was on its way arrives', () => {
    expect(arrivals([{ kind: 'metricOutage', at: seconds(32), durationMicros: seconds(40) }])).toEqual([
      [20, 15],
      [35, 30],
      [80, 75],
      [95, 90],
      [110, 105],
    ]);
  });

  test('a freeze delivers the last scrape from before, with its old time stamp', () => {
    expect(arrivals([{ kind: 'metricFreeze', at: seconds(32), durationMicros: seconds(40) }])).toEqual([
      [20, 15],
      [35, 30],
      [50, 30],
      [65, 30],
      [80, 75],
      [95, 90],
      [110, 105],
    ]);
  });

  test('an outage inside a freeze delivers nothing', () => {
    const faults: FaultSpec[] = [
      { kind: 'metricFreeze', at: seconds(32), durationMicros: seconds(60) },
      { kind: 'metricOutage', at: seconds(50), durationMicros: seconds(20) },
    ];
    expect(arrivals(faults).slice(2)).toEqual([
      [50, 30],
      [80, 30],
      [95, 30],
      [110, 105],
    ]);
  });
});

test('a share of the samples is lost, which ones by pod and scrape alone', () => {
  const lossy = (replicas: number) =>
    world({
      durationMicros: seconds(1500),
      workloads: [workload({ initialReplicas: replicas })],
      metrics: { scrapeMicros: seconds(15), lagMicros: seconds(5), dropped: 0.1 },
    });
  const all = factsOf(runSim(lossy(100)), 'podsScraped');
  const samples = all.reduce((sum, { pods }) => sum + pods.length, 0);
  // 99 scrapes of 100 pods: 8910 samples expected, standard deviation 30.
  expect(all).toHaveLength(99);
  expect(Math.abs(samples - 8910)).toBeLessThan(150);
  const half = factsOf(runSim(lossy(50)), 'podsScraped');
  const first50 = new Set(Array.from({ length: 50 }, (_, i) => `web-${i}`));
  expect(half.map(({ pods }) => pods)).toEqual(all.map(({ pods }) => pods.filter((pod) => first50.has(pod))));
});
