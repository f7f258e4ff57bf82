import { describe, expect, test } from 'vitest';
import type { ClientSpec, UserSpec } from '../../../src/domain/traffic-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import { onlyClass, openPods, patientClient, planeWorld, podWorkload, steadyTraffic } from './plane-world.js';

const SERVICE = 50_000;
const THINK = 1_000_000;
const work = { cpu: { kind: 'exponential', mean: SERVICE }, wait: null, calls: [] } as const;

interface Loop {
  readonly users: UserSpec;
  readonly servers: number;
  readonly queueLimit?: number;
  readonly client?: ClientSpec;
  readonly seconds: number;
}

function run({ users, servers, seconds, client, queueLimit }: Loop) {
  const endMicros = seconds * 1e6;
  const source = steadyTraffic(
    'web',
    'app',
    { perSecond: 0, endMicros },
    { classes: [onlyClass(work)], client: client ?? patientClient, users },
  );
  const serving = { concurrency: servers, queueLimit: queueLimit ?? Infinity };
  const world = planeWorld({
    seed: 5,
    endMicros,
    traffic: [source],
    workloads: [podWorkload('app', { count: 1 }, serving)],
  });
  let asked = 0;
  const ends: number[] = [];
  const plane = createExactPlane(world, new Streams(world.seed), {
    observer: (_hop, _ordinal, _outcome, at) => {
      asked += 1;
      ends.push(at);
    },
  });
  openPods(plane, world);
  plane.advance(micros(0), world.durationMicros);
  plane.closeStep(world.durationMicros);
  return { totals: plane.totals(), asked, ends };
}

function constantly(count: number): UserSpec {
  return {
    edgesMicros: Float64Array.of(0),
    counts: Float64Array.of(count),
    thinkTime: { kind: 'exponential', mean: THINK },
  };
}

/** Throughput per microsecond of N users with exponential thinking before c exponential servers: a birth and death chain. */
function machineRepair(users: number, servers: number): number {
  let weight = 1;
  let sum = 1;
  let busy = 0;
  for (let k = 1; k <= users; k += 1) {
    weight *= ((users - k + 1) / THINK) * (SERVICE / Math.min(k, servers));
    sum += weight;
    busy += weight * Math.min(k, servers);
  }
  return busy / sum / SERVICE;
}

describe('closed-loop users', () => {
  test.each([
    [10, 1],
    [25, 1],
    [60, 3],
  ])(
    '%d users before %d servers: throughput and response of the machine repairman, to one per cent',
    (users, servers) => {
      const seconds = servers === 1 ? 20_000 : 7_000;
      const { totals } = run({ users: constantly(users), servers, seconds });
      const expected = machineRepair(users, servers);
      const throughput = totals.requests.served / (seconds * 1e6);
      const response = (totals.latencyMs.mean ?? NaN) * 1e3;
      expect(Math.abs(throughput / expected - 1)).toBeLessThan(0.01);
      expect(Math.abs(response / (users / expected - THINK) - 1)).toBeLessThan(0.01 + 0.01 * Number(users === 10));
      // The interactive response time law, X = N / (R + Z), on what was measured.
      expect(Math.abs((throughput * (response + THINK)) / users - 1)).toBeLessThan(0.005);
      const { offered, served, failed, inFlightAtEnd } = totals.requests;
      expect(served + failed + inFlightAtEnd).toBe(offered);
      expect(inFlightAtEnd).toBeLessThanOrEqual(users);
    },
  );

  test('a user who leaves ends the request first, and nobody asks once all have left', () => {
    const users: UserSpec = {
      edgesMicros: Float64Array.of(0, 100e6, 200e6, 200.2e6, 300e6),
      counts: Float64Array.of(40, 10, 0, 30, 0),
      thinkTime: { kind: 'exponential', mean: THINK },
    };
    const { totals, ends } = run({ users, servers: 1, seconds: 400 });
    expect(totals.requests.inFlightAtEnd).toBe(0);
    expect(totals.requests.served).toBe(totals.requests.offered);
    expect(Math.max(...ends)).toBeGreaterThan(300e6);
    expect(Math.max(...ends)).toBeLessThan(310e6);
    const within = (from: number, to: number) => ends.filter((at) => at > from * 1e6 && at <= to * 1e6).length;
    // Forty users keep the only server busy, ten do not.
    expect(within(20, 100)).toBeGreaterThan(80 * 19);
    expect(within(110, 200)).toBeLessThan(90 * 10);
  });

  test('refusals, time-outs and retries are ends or parts of a request, and the user goes on', () => {
    const client: ClientSpec = {
      timeoutMicros: micros(120_000),
      serverStops: true,
      retry: {
        max: 1,
        backoffFirstMicros: micros(10_000),
        backoffLastMicros: micros(10_000),
        jitter: 'full',
        budget: null,
        budgetBurst: 0,
      },
    };
    const { totals, asked } = run({ users: constantly(40), servers: 1, queueLimit: 3, client, seconds: 500 });
    const { offered, served, failed, inFlightAtEnd, rejected, timedOut } = totals.requests;
    expect(served + failed + inFlightAtEnd).toBe(offered);
    expect(asked).toBe(served + failed);
    expect(Math.min(rejected, timedOut)).toBeGreaterThan(250);
    expect(totals.attempts.amplification).toBeGreaterThan(1.1);
    expect(offered).toBeGreaterThan((40 * 500) / 1.4);
  });
});
