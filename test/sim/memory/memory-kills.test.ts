import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import type { PodSpec } from '../../../src/domain/world-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { runVirtual } from '../../../src/kernel/run-virtual.js';
import { Streams } from '../../../src/kernel/streams.js';
import { assembleSim } from '../../../src/sim/assemble-sim.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import { onlyClass, steadyTraffic } from '../requests/plane-world.js';
import { plainPod, workload, world } from '../sim-run.js';

/**
 * When a pod of 100 MiB and 10 for each request is killed, within a minute, under ten requests a second evenly spaced (the first at 50 ms),
 * each of which takes as long as given.
 */
function kills(workSeconds: number, pod: Partial<PodSpec>): string[] {
  const classes = [onlyClass({ cpu: { kind: 'constant', value: seconds(workSeconds) }, wait: null, calls: [] })];
  const traffic = steadyTraffic('users', 'web', { perSecond: 10, endMicros: 60e6 }, { classes, arrivals: 'uniform' });
  const hungry = { ...plainPod, memoryPerRequestMiB: 10, ...pod };
  const spec = world({ durationMicros: seconds(60), traffic: [traffic], workloads: [workload({ pod: hungry })] });
  const facts: Fact[] = [];
  const onFact = (fact: Fact): [] => {
    facts.push(fact);
    return [];
  };
  const streams = new Streams(spec.seed);
  const sim = assembleSim(spec, createExactPlane(spec, streams), onFact, streams);
  runVirtual(sim.timeline, sim.end);
  const { requests } = sim.measurement().totals;
  expect(requests.served + requests.failed + requests.inFlightAtEnd).toBe(requests.offered);
  return facts.flatMap((fact) =>
    fact.type === 'podBecameUnready' && fact.reason === 'OOMKilled' ? [`${fact.at / 1e6}`] : [],
  );
}

describe('a pod is killed at the arrival that takes it beyond its limit', () => {
  test.each(['fcfs', 'processor-sharing'] as const)('served %s, the queue included', (discipline) => {
    const serving = { ...plainPod.serving, discipline, concurrency: 4 };
    // Seven are allowed, and none is through in time: the eighth arrives at 0.75. The next container starts 10 s later, is ready after two
    // probes, at 20.75, and is routed to at 22.75, after the request of that instant. Its eighth is the one of 23.55.
    expect(kills(3, { serving, memoryLimitMiB: 170 }).slice(0, 2)).toEqual(['0.75', '23.55']);
  });

  test('and lives with one request less', () => {
    const serving = { ...plainPod.serving, concurrency: 8 };
    // 0.65 s each: seven on board just after every arrival.
    expect(kills(0.65, { serving, memoryLimitMiB: 170 })).toEqual([]);
    expect(kills(0.65, { serving, memoryLimitMiB: 169 })[0]).toBe('0.65');
  });

  test('while growth takes room from requests bit by bit', () => {
    const serving = { ...plainPod.serving, concurrency: 8 };
    // Seven on board for 50 ms from every arrival on, then six; a MiB a second. Seven are too many after 15 s: the next are seven at 15.05.
    const leak = { serving, memoryGrowthMiBPerHour: 3600 };
    expect(kills(0.65, { ...leak, memoryLimitMiB: 185 })[0]).toBe('15.05');
    // Seven are too many after 14.96 s, when seven are on board.
    expect(kills(0.65, { ...leak, memoryLimitMiB: 184.96 })[0]).toBe('14.960001');
  });
});
