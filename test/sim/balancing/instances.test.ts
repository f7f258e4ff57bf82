import { describe, expect, test } from 'vitest';
import type { BalancerPolicy, WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import { BalancerFleet } from '../../../src/sim/balancing/balancer-fleet.js';
import { BalancerInstance } from '../../../src/sim/balancing/balancer-instance.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import { OUTCOME } from '../../../src/sim/requests/outcome.js';
import { RoundRobin } from '../../../src/sim/requests/round-robin.js';
import { productEnds } from '../../pathwise/compare-paths.js';
import { ConnectionRun, connectionWorld, sum } from '../connections/connection-world.js';
import { onlyClass, openPods, plainWork, planeWorld, podWorkload, steadyTraffic } from '../requests/plane-world.js';

/** Ten pods of one worker each, exponential demands of 10 ms, at 80% load. */
function queues(policy: BalancerPolicy, instances?: number): WorldSpec {
  const app = podWorkload('app', { count: 10, policy }, { concurrency: 1 });
  const work = { cpu: { kind: 'exponential', mean: 10_000 }, wait: null, calls: [] } as const;
  const traffic = steadyTraffic('web', 'app', { perSecond: 800, endMicros: 500e6 }, { classes: [onlyClass(work)] });
  const balancer = instances === undefined ? app.balancer : { ...app.balancer, instances };
  return planeWorld({ seed: 21, endMicros: 520e6, traffic: [traffic], workloads: [{ ...app, balancer }] });
}

/** Mean time from arrival to end, in milliseconds. */
function meanMs(world: WorldSpec): number {
  const plane = createExactPlane(world, new Streams(world.seed));
  openPods(plane, world);
  plane.advance(micros(0), world.durationMicros);
  plane.closeStep(world.durationMicros);
  return plane.totals().latencyMs.mean ?? NaN;
}

describe('least connections by several balancers', () => {
  test('knows less the more there are: from joining the shortest queue of all towards chance', () => {
    const [one, four, many] = [1, 4, 32].map((instances) => meanMs(queues('least-connections', instances)));
    const chance = meanMs(queues('random'));
    // A random pod is an M/M/1 at 80%: 10 ms / (1 - 0.8).
    expect(Math.abs(chance - 50)).toBeLessThan(1.5);
    // No dispatcher does better than one queue for all: M/M/10 at 80%, C = 0.409, so 10 + 0.409 * 10 / 2 = 12.05 ms.
    expect(one).toBeGreaterThan(12.05);
    expect(one).toBeLessThan(15);
    expect(four).toBeGreaterThan(one * 1.1);
    expect(many).toBeGreaterThan(four * 1.1);
    expect(many).toBeLessThan(chance);
  });

  test('power of two choices degrades likewise', () => {
    const [one, many] = [1, 32].map((instances) => meanMs(queues('power-of-two', instances)));
    expect(many).toBeGreaterThan(one * 1.3);
    expect(many).toBeLessThan(51.5);
  });
});

test.each(['round-robin', 'random', 'least-connections', 'power-of-two'] as const)(
  '%s: one instance is the balancer itself',
  (policy) => {
    const short = (world: WorldSpec): WorldSpec => ({ ...world, durationMicros: micros(10e6) });
    expect(productEnds(short(queues(policy, 1)))).toEqual(productEnds(short(queues(policy))));
  },
);

test('each takes turns of its own: of three, every pod gets exactly its share from each', () => {
  const app = podWorkload('app', { count: 4, policy: 'round-robin' }, {});
  const traffic = steadyTraffic(
    'web',
    'app',
    { perSecond: 1000, endMicros: 10e6 },
    { classes: [onlyClass(plainWork(100))], arrivals: 'uniform' },
  );
  const workloads = [{ ...app, balancer: { ...app.balancer, instances: 3 } }];
  const world = planeWorld({ seed: 4, endMicros: 11e6, traffic: [traffic], workloads });
  const plane = createExactPlane(world, new Streams(world.seed));
  const pods = openPods(plane, world).get('app')!;
  plane.advance(micros(0), micros(11e6));
  const served = pods.map((pod) => Math.round(pod.cpuMicros() / 100));
  expect(sum(served)).toBe(10_000);
  // Each of the three deals evenly, so that a pod is off by at most one of each; chance would be off by some forty.
  for (const count of served) expect(Math.abs(count - 2500)).toBeLessThanOrEqual(3);
  expect(new Set(served).size).toBeGreaterThan(1);
});

test('each goes through the same endpoints in the same order from a beginning of its own', () => {
  const instances = Array.from({ length: 60 }, () => new BalancerInstance(new RoundRobin(), null, null, null));
  const fleet = new BalancerFleet(instances, new Streams(1).stream('balancer-instance', 'app'));
  fleet.route([0, 1, 2, 3].map((station) => ({ station, weight: 1 })));
  const firsts = instances.map(({ balancer }) => {
    const [first, ...rest] = [0, 1, 2, 3].map((ordinal) => balancer.pick(ordinal, 0));
    expect(rest).toEqual([1, 2, 3].map((step) => (first + step) % 4));
    return first;
  });
  // Fifteen each, give or take; none of 60 at a beginning has a chance of 3 in a hundred million.
  for (const station of [0, 1, 2, 3]) expect(firsts.filter((first) => first === station).length).toBeGreaterThan(4);
});

test('each ejects by what it alone has seen: two bad pods of five answer five errors to every one of them', () => {
  const app = podWorkload('app', { count: 5, policy: 'round-robin' }, {});
  const rate = { perSecond: 100, endMicros: 20e6 };
  const traffic = steadyTraffic('web', 'app', rate, { classes: [onlyClass(plainWork(100))], arrivals: 'uniform' });
  const outlierEjection = {
    consecutiveErrors: 5,
    intervalMicros: micros(10e6),
    baseEjectionMicros: micros(30e6),
    maxEjectionMicros: micros(300e6),
    maxEjected: 0.4,
    panicThreshold: 0.5,
  };
  const failed = (instances: number): number => {
    const workloads = [{ ...app, balancer: { ...app.balancer, instances, outlierEjection } }];
    const world = planeWorld({ seed: 4, endMicros: 21e6, traffic: [traffic], workloads });
    const fault = { kind: 'answerErrors', at: micros(0), durationMicros: world.durationMicros } as const;
    const faults = [{ ...fault, workload: 'app', pods: { count: 2 }, share: 1 }];
    const [ends] = productEnds({ ...world, faults });
    return [...ends.values()].filter(({ outcome }) => outcome === OUTCOME.errored).length;
  };
  expect([1, 3, 10].map(failed)).toEqual([10, 30, 100]);
});

test('per connection an instance is chosen when the connection is opened, and counts those opened through it', () => {
  const plain = connectionWorld(
    'connection',
    { size: 400, maxAgeMicros: null, maxRequests: null },
    'least-connections',
  );
  const [app] = plain.workloads;
  const [source] = plain.traffic;
  const even = [{ ...source, arrivals: 'uniform' } as const];
  const several = { ...plain, workloads: [{ ...app, balancer: { ...app.balancer, instances: 50 } }] };
  const spreadOf = (world: WorldSpec): number => {
    const run = new ConnectionRun({ ...world, traffic: even });
    const sent = run.go(4).map((requests) => requests / 10);
    expect(sum(sent)).toBeCloseTo(400, 0);
    return Math.max(...sent) - Math.min(...sent);
  };
  expect(spreadOf(plain)).toBeLessThan(1);
  // Fifty balancers of eight connections each fill pods evenly only as far as each of them sees.
  expect(spreadOf(several)).toBeGreaterThan(1);
  expect(spreadOf(several)).toBeLessThan(50);
});
