import { describe, expect, test } from 'vitest';
import type { Fact, PodsScraped } from '../../../src/domain/fact.js';
import type { Measurement } from '../../../src/domain/measurement.js';
import type { FaultSpec } from '../../../src/domain/fault-spec.js';
import type { CallSpec } from '../../../src/domain/traffic-spec.js';
import type { WorkloadSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { runVirtual } from '../../../src/kernel/run-virtual.js';
import { Streams } from '../../../src/kernel/streams.js';
import { assembleSim } from '../../../src/sim/assemble-sim.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import { workload, world } from '../sim-run.js';

const BOUNDS = [10_000, 50_000, 100_000, 500_000];
const client = { timeoutMicros: null, serverStops: false, retry: null };
const callOfBack: CallSpec = { target: 'back', client, probability: 1 };

interface Ran {
  readonly measurement: Measurement;
  /** The last scrape of each workload. */
  readonly last: ReadonlyMap<string, PodsScraped>;
}

/** Ten minutes at 60 requests a second of 40 ms at three pods, perhaps with a call to two pods of 5 ms; scrapes without a lag. */
function run(buckets: Partial<WorkloadSpec>, calls: boolean, faults: readonly FaultSpec[] = []): Ran {
  const back = workload({
    name: 'back',
    initialReplicas: 2,
    work: { cpu: { kind: 'exponential', mean: 5000 }, wait: null, calls: [] },
  });
  const spec: WorldSpec = world({
    durationMicros: seconds(600),
    metrics: { scrapeMicros: seconds(15), lagMicros: seconds(0), dropped: 0 },
    workloads: [workload({ initialReplicas: 3, ...buckets }), { ...back, ...buckets }],
    faults,
    traffic: [
      {
        name: 'users',
        to: 'web',
        rates: { edgesMicros: Float64Array.of(0, 595e6, 600e6), ratePerSecond: Float64Array.of(60, 0) },
        arrivals: 'poisson',
        client,
        classes: [
          {
            name: 'all',
            share: 1,
            cpu: { kind: 'exponential', mean: 40_000 },
            wait: null,
            calls: calls ? [[callOfBack]] : [],
            requestBytes: 0,
            responseBytes: 0,
          },
        ],
      },
    ],
  });
  const last = new Map<string, PodsScraped>();
  const streams = new Streams(spec.seed);
  const onFact = (fact: Fact) => {
    if (fact.type === 'podsScraped') last.set(fact.workload, fact);
    return [];
  };
  const sim = assembleSim(spec, createExactPlane(spec, streams), onFact, streams);
  runVirtual(sim.timeline, sim.end);
  return { measurement: sim.measurement(), last };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function responsesOf({ last }: Ran, name: string) {
  const responses = last.get(name)?.responses;
  if (responses === undefined) throw new Error(`${name} tells nothing`);
  return responses;
}

describe('what pods tell of the requests that they have answered', () => {
  test('is every request that was served, and the time that it took', () => {
    const ran = run({ latencyBuckets: BOUNDS }, false);
    const { requests, latencyMs } = ran.measurement.totals;
    const { ok, errors, sumMicros, buckets, le } = responsesOf(ran, 'web');
    expect(le).toEqual([0.01, 0.05, 0.1, 0.5]);
    expect(requests.served).toBeGreaterThan(30_000);
    expect(sum(ok)).toBe(requests.served);
    expect(sum(errors)).toBe(0);
    // The same latencies, summed by pod here and by the recorder there, whose unit is a tenth of a millisecond.
    expect(sum(sumMicros) / requests.served / 1000).toBeCloseTo(latencyMs.mean ?? NaN, 0);
    for (const [i, counts] of buckets.entries()) {
      expect([...counts].sort((a, b) => a - b)).toEqual(counts);
      expect(counts[BOUNDS.length - 1]).toBeLessThanOrEqual(ok[i]);
    }
    // About the share of an exponential of 40 ms below 50 ms, queues being short.
    const within = sum(buckets.map((counts) => counts[1])) / requests.served;
    expect(within).toBeGreaterThan(0.55);
    expect(within).toBeLessThan(1 - Math.exp(-50 / 40) + 0.02);
  });

  test('includes the calls that a request waits for, and not the other way round', () => {
    const ran = run({ latencyBuckets: BOUNDS }, true);
    const [web, back] = ['web', 'back'].map((name) => responsesOf(ran, name));
    expect(sum(web.ok)).toBe(ran.measurement.totals.requests.served);
    expect(sum(back.ok)).toBe(ran.measurement.visits.back.served);
    expect(sum(web.sumMicros) - sum(back.sumMicros)).toBeGreaterThan(0.9 * 40_000 * sum(web.ok));
    expect(sum(back.sumMicros) / sum(back.ok)).toBeLessThan(10_000);
  });

  test('tells errors that pods answer with from proper answers', () => {
    const fault: FaultSpec = {
      ...{ kind: 'answerErrors', at: seconds(100), durationMicros: seconds(100) },
      ...{ workload: 'web', pods: { count: 3 }, share: 0.5 },
    };
    const ran = run({ latencyBuckets: BOUNDS }, false, [fault]);
    const { ok, errors } = responsesOf(ran, 'web');
    const { requests } = ran.measurement.totals;
    expect(requests.failed).toBeGreaterThan(2000);
    expect([sum(ok), sum(errors)]).toEqual([requests.served, requests.failed]);
  });

  test.each([false, true])('changes nothing of what becomes of requests (calls: %s)', (calls) => {
    const [with_, without] = [run({ latencyBuckets: BOUNDS }, calls), run({}, calls)];
    expect(with_.measurement.totals).toEqual(without.measurement.totals);
    expect(without.last.get('web')?.responses).toBeUndefined();
  });
});
