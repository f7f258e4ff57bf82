import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/domain/command.js';
import type { Measurement } from '../../src/domain/measurement.js';
import type { WorldSpec } from '../../src/domain/world-spec.js';
import { seconds } from '../../src/kernel/micros.js';
import { runVirtual } from '../../src/kernel/run-virtual.js';
import { Streams } from '../../src/kernel/streams.js';
import { assembleSim } from '../../src/sim/assemble-sim.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { pool, workload, world } from './sim-run.js';

/** Ten simulated minutes at 100 requests a second of 50 ms; the control loop swings between 8 and 12 pods. */
function swing(changes: Partial<WorldSpec>, preStop: number): Measurement {
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
