import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/domain/command.js';
import type { Fact } from '../../src/domain/fact.js';
import type { Measurement } from '../../src/domain/measurement.js';
import type { WorldSpec } from '../../src/domain/world-spec.js';
import { seconds } from '../../src/kernel/micros.js';
import { runVirtual } from '../../src/kernel/run-virtual.js';
import { Streams } from '../../src/kernel/streams.js';
import { assembleSim } from '../../src/sim/assemble-sim.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { plainPod, pool, workload, world } from './sim-run.js';

/** Ten simulated minutes at 100 requests a second of 50 ms; the control loop swings between 8 and 12 pods. */
function swing(changes: Partial<WorldSpec>, preStop: number, told: (fact: Fact) => void = () => {}): Measurement {
  const spec = world({
    warmUpMicros: seconds(60),
    durationMicros: seconds(600),
    nodePools: [pool({ count: 4 })],
    workloads: [
      workload({ initialReplicas: 8 }, { termination: { preStopMicros: seconds(preStop), graceMicros: seconds(30) } }),
    ],
    traffic: [
      {
        name: 'users',
        to: 'web',
        rates: { edgesMicros: Float64Array.of(-60e6, 600e6), ratePerSecond: Float64Array.of(100) },
        arrivals: 'poisson',
        client: { timeoutMicros: null, serverStops: false, retry: null },
        classes: [
          {
            name: 'all',
            share: 1,
            cpu: { kind: 'exponential', mean: 50_000 },
            wait: null,
            calls: [],
            requestBytes: 0,
            responseBytes: 0,
          },
        ],
      },
    ],
    ...changes,
  });
  const streams = new Streams(spec.seed);
  const sim = assembleSim(
    spec,
    createExactPlane(spec, streams),
    (fact): Command[] => {
      told(fact);
      if (spec.workloads[0].pod.livenessProbe !== undefined) return [];
      if (fact.type !== 'ticked' || fact.at % 60e6 !== 0) return [];
      const replicas = fact.at % 120e6 === 0 ? 8 : 12;
      return [{ type: 'setReplicas', at: fact.at, workload: 'web', from: NaN, replicas }];
    },
    streams,
  );
  runVirtual(sim.timeline, sim.end);
  return sim.measurement();
}

function column({ series }: Measurement, kind: string, name: string): number[] {
  return [...(series.tables.find((table) => table.kind === kind)?.columns[name] ?? [])];
}

describe('scaling down under the exact request path', () => {
  test('refuses requests when pods stop listening before the balancer knows', () => {
    const { totals } = swing({}, 0);
    // Four downs of four pods of twelve: a third of two seconds' traffic each, 267 in all; Poisson.
    expect(totals.refusedByScaling).toBeGreaterThan(200);
    expect(totals.refusedByScaling).toBeLessThan(340);
    expect(totals.requests.failed).toBe(totals.refusedByScaling + totals.cutByScaling);
  });

  test('loses nothing when preStop outlasts the endpoint lag', () => {
    const { totals } = swing({}, 5);
    expect(totals.requests.failed).toBe(0);
  });

  test('conserves requests, and CPU time, through node loss, crashes and kills', () => {
    const measurement = swing(
      {
        cluster: {
          nodeMonitorGraceMicros: seconds(40),
          evictionAfterMicros: seconds(60),
          restartDelayMicros: seconds(10),
        },
        faults: [
          { kind: 'killNode', at: seconds(100), count: 1 },
          { kind: 'crashPods', at: seconds(300), workload: 'web', pods: { count: 2 } },
          { kind: 'killPods', at: seconds(400), workload: 'web', pods: { share: 0.25 } },
        ],
      },
      5,
    );
    const { offered, served, failed, inFlightAtEnd } = measurement.totals.requests;
    expect(failed).toBeGreaterThan(0);
    expect(served + failed + inFlightAtEnd).toBe(offered);
    const { series } = measurement;
    const counted = (values: number[]): number =>
      values.reduce((sum, value, i) => sum + (series.startSeconds[i] >= 0 ? value : 0), 0);
    expect(counted(column(measurement, 'service', 'offered'))).toBe(offered);
    const cpuSeconds = counted(column(measurement, 'workload', 'cpuCores')) * series.stepSeconds;
    // 50 ms a request: 60,000 exponential draws have a standard error of 0.4%, and some are cut off on the way.
    expect(cpuSeconds / served).toBeGreaterThan(0.05 * 0.985);
    expect(cpuSeconds / served).toBeLessThan(0.05 * 1.015);
  });
});

describe('liveness probes', () => {
  const probe = {
    initialDelayMicros: seconds(0),
    periodMicros: seconds(10),
    timeoutMicros: seconds(1),
    failureThreshold: 3,
  };

  /** Restarts of pods at 100 requests a second of 50 ms, five workers' worth, with so many pods of one worker. */
  function restarts(pods: number, timeout = 1): { facts: string[]; failed: number } {
    const livenessProbe = { ...probe, timeoutMicros: seconds(timeout) };
    const serving = { ...plainPod.serving, concurrency: 1 };
    const facts: string[] = [];
    const measurement = swing(
      { workloads: [workload({ initialReplicas: pods }, { serving, livenessProbe })], nodePools: [] },
      0,
      (fact) => {
        if (fact.type === 'podBecameUnready') facts.push(`${fact.at / 1e6} ${fact.pod} ${fact.reason}`);
      },
    );
    return { facts, failed: measurement.totals.requests.failed };
  }

  test('kill a pod whose line is long, within the threshold and its grace, again and again', () => {
    const { facts } = restarts(4);
    // Each pod gets 25 requests a second and serves 20: after 4 s its line is a second long, so that the probes of 10, 20 and 30 s after the
    // start at -60 s fail. At -29 s it refuses what comes and has its grace to finish some 145 requests, 7 s' worth.
    const first = facts.slice(0, 4);
    expect(first.map((fact) => fact.split(' ').slice(1).join(' ')).sort()).toEqual(
      [0, 1, 2, 3].map((n) => `web-${n} liveness probe failed`),
    );
    for (const fact of first) expect(Number(fact.split(' ')[0])).toBeGreaterThan(-29);
    for (const fact of first) expect(Number(fact.split(' ')[0])).toBeLessThan(-15);
    expect(facts.filter((fact) => fact.includes(' web-0 ')).length).toBeGreaterThan(5);
  });

  test('leave pods alone that have a worker to spare in time', () => {
    expect(restarts(12)).toEqual({ facts: [], failed: 0 });
  });
});
