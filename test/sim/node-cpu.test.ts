import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/domain/command.js';
import type { Fact } from '../../src/domain/fact.js';
import type { Measurement } from '../../src/domain/measurement.js';
import type { TrafficSpec } from '../../src/domain/traffic-spec.js';
import type { PodSpec, ServingSpec, WorkloadSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { micros, seconds } from '../../src/kernel/micros.js';
import { runVirtual } from '../../src/kernel/run-virtual.js';
import { Streams } from '../../src/kernel/streams.js';
import { assembleSim } from '../../src/sim/assemble-sim.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { plainPod, pool, workload, world } from './sim-run.js';

const cfs: ServingSpec = { ...plainPod.serving, discipline: 'cfs', concurrency: Infinity, cpuCores: 4 };
const shared = { ...world().cluster, sharesCpu: true };

function traffic(to: string, perSecond: number, changes: Partial<TrafficSpec> = {}): TrafficSpec {
  const work = {
    cpu: { kind: 'constant', value: 20_000 },
    wait: null,
    calls: [],
    requestBytes: 0,
    responseBytes: 0,
  } as const;
  return {
    name: `to-${to}`,
    to,
    rates: { edgesMicros: Float64Array.of(0, 240e6), ratePerSecond: Float64Array.of(perSecond) },
    arrivals: 'poisson',
    client: { timeoutMicros: null, serverStops: false, retry: null },
    classes: [{ name: 'all', share: 1, ...work }],
    ...changes,
  };
}

function pods(name: string, changes: Partial<WorkloadSpec>, pod: Partial<PodSpec> = {}): WorkloadSpec {
  return { ...workload(changes, { serving: cfs, ...pod }), name };
}

function run(
  spec: WorldSpec,
  replicas: Readonly<Record<number, number>> = {},
): { measurement: Measurement; facts: Fact[] } {
  const streams = new Streams(spec.seed);
  const facts: Fact[] = [];
  const onFact = (fact: Fact): Command[] => {
    facts.push(fact);
    if (fact.type !== 'ticked' || replicas[fact.at / 1e6] === undefined) return [];
    return [{ type: 'setReplicas', at: fact.at, workload: 'web', from: NaN, replicas: replicas[fact.at / 1e6] }];
  };
  const sim = assembleSim(spec, createExactPlane(spec, streams), onFact, streams);
  runVirtual(sim.timeline, sim.end);
  return { measurement: sim.measurement(), facts };
}

function column({ series }: Measurement, entity: string, name: string): Float64Array {
  return (
    series.tables.find((table) => table.kind === 'workload' && table.entity === entity)?.columns[name] ??
    new Float64Array(0)
  );
}

/** CPU-seconds of a column in cores. */
function cpuSeconds(measurement: Measurement, entity: string, name: string): number {
  const { stepSeconds } = measurement.series;
  return column(measurement, entity, name).reduce((sum, cores) => sum + cores * stepSeconds, 0);
}

function readyAt(facts: readonly Fact[], pod: string): number {
  return facts.filter((fact) => fact.type === 'podBecameReady' && fact.pod === pod).map(({ at }) => at / 1e6)[0];
}

describe('pods that share the cores of their node', () => {
  const busy = {
    durationMicros: seconds(240),
    nodePools: [pool({ count: 1, cores: 4, cpuMillis: 8000 })],
    cluster: shared,
  };

  test('an unlimited neighbour of equal request on a full node halves throughput', () => {
    const web = pods('web', { initialReplicas: 1 });
    const alone = run(world({ ...busy, workloads: [web], traffic: [traffic('web', 400)] })).measurement;
    const two = [web, pods('batch', { initialReplicas: 1 })];
    const both = run(
      world({ ...busy, workloads: two, traffic: [traffic('web', 400), traffic('batch', 400)] }),
    ).measurement;
    expect(column(alone, 'web', 'cpuCores')[10]).toBeCloseTo(4, 6);
    expect(column(both, 'web', 'cpuCores')[10]).toBeCloseTo(2, 6);
    expect(column(both, 'batch', 'cpuCores')[10]).toBeCloseTo(2, 6);
    const neighbour = { cpuRequestMillis: 1000, cores: 100, from: null, to: null };
    const nodePools = [pool({ count: 1, cores: 4, neighbours: [neighbour] })];
    const beside = run(world({ ...busy, nodePools, workloads: [web], traffic: [traffic('web', 400)] })).measurement;
    expect(column(beside, 'web', 'cpuCores')[10]).toBeCloseTo(2, 6);
    expect(column(beside, 'web', 'withheldCores')[10]).toBeCloseTo(2, 3);
  });

  test('a noisy neighbour takes its share while it is there, and no longer', () => {
    const fault = { kind: 'noisyNeighbour', nodes: { share: 1 }, cores: 8, cpuRequestMillis: 3000 } as const;
    const { measurement } = run(
      world({
        ...busy,
        workloads: [pods('web', { initialReplicas: 1 })],
        traffic: [traffic('web', 400)],
        faults: [{ ...fault, at: seconds(60), durationMicros: seconds(60) }],
      }),
    );
    const cores = column(measurement, 'web', 'cpuCores');
    expect(cores[5]).toBeCloseTo(4, 6);
    // Weights 39 and 118 of 157.
    expect(cores[8]).toBeCloseTo((4 * 39) / 157, 4);
    expect(cores[13]).toBeCloseTo(4, 6);
  });

  test('nothing changes where nodes are not full, and nothing is withheld', () => {
    const quiet = { ...busy, workloads: [pods('web', { initialReplicas: 4 })], traffic: [traffic('web', 20)] };
    const nodePools = [pool({ count: 1, cores: 64 })];
    const [plain, sharing] = [world().cluster, shared].map((cluster) => run(world({ ...quiet, nodePools, cluster })));
    expect(sharing.measurement.totals).toEqual(plain.measurement.totals);
    expect(cpuSeconds(sharing.measurement, 'web', 'withheldCores')).toBe(0);
  });
});

describe('starting up takes CPU', () => {
  const start = {
    start: { kind: 'constant', value: 20e6 },
    startUpCores: 3,
    readiness: { periodMicros: seconds(5), rise: 1 },
  } as const;
  const base = {
    durationMicros: seconds(240),
    workloads: [pods('web', { initialReplicas: 1 }, start)],
    traffic: [traffic('web', 0)],
  };

  test('which counts as used by the pod, while it is not ready; initial pods have started', () => {
    const { measurement, facts } = run(world({ ...base, nodePools: [pool({ count: 1 })] }), { 60: 2 });
    expect(cpuSeconds(measurement, 'web', 'cpuCores')).toBeCloseTo(60, 6);
    expect(cpuSeconds(measurement, 'web', 'startUpCores')).toBeCloseTo(60, 6);
    expect(readyAt(facts, 'web-1')).toBe(80);
    const during = facts.filter((fact) => fact.type === 'podsScraped' && fact.scrapedAt === seconds(75)).at(0);
    expect(during).toMatchObject({ pods: ['web-0', 'web-1'], cpuMicros: [0, 45e6] });
  });

  test('and takes longer where a full node does not give it', () => {
    const neighbour = { cpuRequestMillis: 1000, cores: 4, from: null, to: null };
    const nodePools = [pool({ count: 1, cores: 4, neighbours: [neighbour] })];
    const { measurement, facts } = run(world({ ...base, nodePools, cluster: shared }), { 60: 2 });
    // Two cores instead of three: 30 s instead of 20.
    expect(readyAt(facts, 'web-1')).toBe(90);
    expect(cpuSeconds(measurement, 'web', 'startUpCores')).toBeCloseTo(60, 1);
  });
});

test('a readiness probe that takes CPU makes a pod ready when it has had it, later where the quota is small, and goes on afterwards', () => {
  const quota = { cores: 0.2, periodMicros: micros(100_000) };
  const probed = (serving: ServingSpec) =>
    run(
      world({
        durationMicros: seconds(120),
        workloads: [
          pods(
            'web',
            { initialReplicas: 1 },
            {
              serving,
              start: { kind: 'constant', value: 20e6 },
              readiness: { periodMicros: seconds(5), rise: 1, cpuMicros: micros(50_000) },
            },
          ),
        ],
        traffic: [traffic('web', 0)],
      }),
      { 60: 2 },
    );
  const free = probed(cfs);
  expect(readyAt(free.facts, 'web-1')).toBe(80.05);
  // 20 ms in each of three periods: 10 ms of the third. Nobody tells beforehand, so it is seen up to an eighth of its time later.
  const late = readyAt(probed({ ...cfs, quota }).facts, 'web-1');
  expect(late).toBeGreaterThanOrEqual(80.21);
  expect(late).toBeLessThan(80.21 + 0.21 / 8);
  // web-0 from 0 on and web-1 from 80 on, every five seconds, up to 115: the one at 120 has not had its CPU yet.
  expect(cpuSeconds(free.measurement, 'web', 'cpuCores')).toBeCloseTo((24 + 8) * 0.05, 6);
});

describe('with everything on', () => {
  const quota = { cores: 1.5, periodMicros: micros(100_000) };
  const livenessProbe = {
    ...{ initialDelayMicros: micros(0), periodMicros: seconds(2), timeoutMicros: seconds(1), failureThreshold: 1000 },
    cpuMicros: micros(50_000),
  };
  const { measurement, facts } = run(
    world({
      durationMicros: seconds(300),
      stepMicros: seconds(300),
      metrics: { scrapeMicros: seconds(1), lagMicros: seconds(0), dropped: 0 },
      cluster: { ...shared, restartDelayMicros: seconds(2) },
      nodePools: [
        pool({ count: 2, cores: 4, neighbours: [{ cpuRequestMillis: 500, cores: 2, from: seconds(30), to: null }] }),
      ],
      workloads: [
        pods(
          'web',
          { initialReplicas: 3 },
          {
            serving: { ...cfs, quota },
            start: { kind: 'exponential', mean: 8e6 },
            startUpCores: 1.2,
            warmUp: { factor: 3, requests: 200 },
          },
        ),
        pods(
          'shop',
          { initialReplicas: 2 },
          { warmUp: { factor: 2, timeMicros: seconds(20) }, startUpCores: 0.5, livenessProbe },
        ),
      ],
      traffic: [
        traffic('web', 130, { client: { timeoutMicros: micros(300_000), serverStops: true, retry: null } }),
        traffic('shop', 90, { client: { timeoutMicros: micros(400_000), serverStops: true, retry: null } }),
      ],
      faults: [
        {
          kind: 'noisyNeighbour',
          at: seconds(90),
          durationMicros: seconds(40),
          nodes: { count: 1 },
          cores: 8,
          cpuRequestMillis: 2000,
        },
        { kind: 'crashPods', at: seconds(110), workload: 'web', pods: { count: 2 } },
        { kind: 'killPods', at: seconds(150), workload: 'shop', pods: { count: 1 } },
        { kind: 'loseCapacity', at: seconds(170), durationMicros: seconds(20), workload: 'web', share: 0.5 },
      ],
    }),
    { 60: 5, 180: 2, 225: 4 },
  );
  const names = ['web', 'shop'];
  const total = (name: string): number => names.reduce((sum, entity) => sum + cpuSeconds(measurement, entity, name), 0);

  test('CPU used is work done, work wasted, start-up and probes, to rounding', () => {
    const { totals, visits } = measurement;
    const done = names.reduce(
      (sum, name) => sum + (visits[name].served * column(measurement, name, 'holdMs')[0]) / 1e3,
      0,
    );
    const wasted = totals.wastedCpuMicros / 1e6;
    const started = total('startUpCores');
    // Two pods for most of five minutes, and 25 ms a second each.
    const probed = total('probeCores');
    for (const part of [done, wasted, started, probed, total('withheldCores')]) expect(part).toBeGreaterThan(5);
    expect(probed).toBeLessThan(15);
    expect(column(measurement, 'web', 'cfsPeriodsThrottled')[0]).toBeGreaterThan(50);
    // A completion falls on the next whole microsecond, and holds are summed in tenths of a millisecond.
    expect(Math.abs(total('cpuCores') - (done + wasted + started + probed))).toBeLessThan(0.05);
  });

  test('scraped CPU-seconds are those used, but for what a container used between its last scrape and its end', () => {
    const last = new Map<string, number>();
    let scraped = 0;
    for (const fact of facts) {
      if (fact.type !== 'podsScraped') continue;
      fact.pods.forEach((pod, i) => {
        const before = last.get(pod) ?? 0;
        const value = fact.cpuMicros[i];
        scraped += (value < before ? value : value - before) / 1e6;
        last.set(pod, value);
      });
    }
    const ended = facts.filter(({ type }) => type === 'podRemoved').length + 2;
    expect(scraped).toBeLessThanOrEqual(total('cpuCores') + 1e-3);
    expect(scraped).toBeGreaterThan(total('cpuCores') - 4 * ended);
    expect(scraped / total('cpuCores')).toBeGreaterThan(0.98);
  });
});
