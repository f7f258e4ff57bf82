import { describe, expect, test } from 'vitest';
import type { ServingSpec } from '../../src/domain/world-spec.js';
import type { Distribution } from '../../src/kernel/distributions.js';
import { Streams } from '../../src/kernel/streams.js';
import { micros } from '../../src/kernel/micros.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { onlyClass, openPods, planeWorld, podWorkload, steadyTraffic } from '../sim/requests/plane-world.js';
import { type ClosedLoop, closedLoopLonger, closedLoopResponse, closedLoopThroughput } from './closed-loop-forms.js';
import { controlledInterval } from './interval.js';

const SERVICE = 50_000;
const THINK = 1_000_000;
const SECONDS = 1_500;
const RUNS = 12;

interface Case {
  readonly name: string;
  readonly users: number;
  readonly servers: number;
  readonly thinkTime: Distribution;
  readonly service: Distribution;
  readonly discipline: ServingSpec['discipline'];
  /** Whose share of longer responses is judged. */
  readonly longerThan: number;
}

const exponential = { kind: 'exponential', mean: SERVICE } as const;
const sigma = Math.sqrt(Math.log(5));

/** How long people think shows only in the mean, and so does the demand where cores are shared (BCMP). */
const cases: readonly Case[] = [
  {
    name: '25 users before one server',
    ...{ users: 25, servers: 1, longerThan: 500_000, discipline: 'fcfs' },
    ...{ thinkTime: { kind: 'exponential', mean: THINK }, service: exponential },
  },
  {
    name: '60 users who think for exactly a second before three servers',
    ...{ users: 60, servers: 3, longerThan: 300_000, discipline: 'fcfs' },
    ...{ thinkTime: { kind: 'constant', value: THINK }, service: exponential },
  },
  {
    name: '15 users who think very unevenly before one server',
    ...{ users: 15, servers: 1, longerThan: 200_000, discipline: 'fcfs' },
    ...{ thinkTime: { kind: 'lognormal', mu: Math.log(THINK) - sigma ** 2 / 2, sigma }, service: exponential },
  },
  {
    name: '20 users with equal demands before a shared core',
    ...{ users: 20, servers: 1, longerThan: NaN, discipline: 'processor-sharing' },
    ...{ thinkTime: { kind: 'exponential', mean: THINK }, service: { kind: 'constant', value: SERVICE } },
  },
];

/** Throughput a microsecond, mean response and share of longer responses of one run. */
function run({ users, servers, thinkTime, service, discipline, longerThan }: Case, seed: number) {
  const endMicros = SECONDS * 1e6;
  const source = steadyTraffic(
    'web',
    'app',
    { perSecond: 0, endMicros },
    {
      classes: [onlyClass({ cpu: service, wait: null, calls: [] })],
      users: { edgesMicros: Float64Array.of(0), counts: Float64Array.of(users), thinkTime },
    },
  );
  const world = planeWorld({
    ...{ seed, endMicros, traffic: [source], sloMicros: Number.isNaN(longerThan) ? 1e12 : longerThan },
    workloads: [
      podWorkload('app', { count: 1 }, { concurrency: discipline === 'fcfs' ? servers : Infinity, discipline }),
    ],
  });
  const plane = createExactPlane(world, new Streams(seed));
  openPods(plane, world);
  plane.advance(micros(0), world.durationMicros);
  plane.closeStep(world.durationMicros);
  const { requests, latencyMs, violated } = plane.totals();
  return {
    throughput: requests.served / endMicros,
    response: (latencyMs.mean ?? NaN) * 1e3,
    longer: violated / requests.served,
  };
}

describe('closed-loop users against the machine repairman, in 99.99% intervals', () => {
  test.each(cases)('$name', (one) => {
    const loop: ClosedLoop = { users: one.users, servers: one.servers, service: SERVICE, think: THINK };
    const runs = Array.from({ length: RUNS }, (_, i) => run(one, 100 + i));
    const judge = (name: string, values: readonly number[], expected: number, width: number): void => {
      const { estimate, halfWidth } = controlledInterval(values);
      expect(halfWidth / expected, `${name}: width`).toBeLessThan(width);
      expect(Math.abs(estimate - expected), `${name}: ${estimate} for ${expected}`).toBeLessThan(halfWidth);
    };
    judge(
      'throughput',
      runs.map(({ throughput }) => throughput),
      closedLoopThroughput(loop),
      0.025,
    );
    judge(
      'response',
      runs.map(({ response }) => response),
      closedLoopResponse(loop),
      0.06,
    );
    if (Number.isNaN(one.longerThan)) return;
    judge(
      'longer',
      runs.map(({ longer }) => longer),
      closedLoopLonger(loop, one.longerThan),
      0.15,
    );
  });
});
