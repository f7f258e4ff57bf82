import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/domain/decision.js';
import type { Measurement, PodRecord } from '../../../src/domain/measurement.js';
import type { ScalingEvent } from '../../../src/domain/run-result.js';
import type { LoadResponse } from '../../../src/domain/load-response.js';
import { engineDelayParts } from '../../../src/experiment/results/engine-delay.js';
import { loadResponses } from '../../../src/experiment/results/load-responses.js';
import { type Shortage, shortagesOf } from '../../../src/experiment/results/shortages.js';
import { stepTimes } from '../../../src/experiment/results/step-times.js';
import { seconds } from '../../../src/kernel/micros.js';
import { syntheticReport } from '../../report/fixtures/synthetic-report.js';
import { plainTotals } from './plain-totals.js';

/** Steps of ten seconds. */
function measured(readyPods: number[], pods: readonly number[], scaling: readonly ScalingEvent[]): Measurement {
  const steps = readyPods.length;
  return {
    fromMicros: seconds(0),
    toMicros: seconds(10 * steps),
    totals: plainTotals,
    visits: {},
    queues: {},
    series: {
      stepSeconds: 10,
      steps,
      startSeconds: Float64Array.from(readyPods, (_, i) => 10 * i),
      tables: [{ entity: 'web', kind: 'workload', columns: { readyPods: Float64Array.from(readyPods) } }],
    },
    pods: pods.map(podReadyAt),
    nodes: [],
    scaling,
    nodeScaling: [],
  };
}

function podReadyAt(readyAt: number, ordinal: number): PodRecord {
  const at = seconds(readyAt);
  const times = { createdAt: at, scheduledAt: at, readyAt: at, terminatingAt: null, removedAt: null };
  return { workload: 'web', ordinal, ...times, requests: [], waits: [], reason: '' };
}

function asked(atSeconds: number, from: number, to: number): ScalingEvent {
  return { atSeconds, workload: 'web', from, to, reason: 'scaled-up' };
}

function shortages(demandPods: number[], measurement: Measurement) {
  const demand = { demandPods: Float64Array.from(demandPods), capacityPerSecond: new Float64Array(demandPods.length) };
  return shortagesOf(measurement, stepTimes(measurement), 'web', demand);
}

const [template] = syntheticReport({ stepSeconds: 600 }).decisions;

/** A decision about web on a sample of so many seconds ago. */
function decided(at: number, dataAgeSeconds: number | null, rawDesired: number | null, reason: string): Decision {
  return { ...template, at: seconds(at), workload: 'web', dataAgeSeconds, rawDesired, reason };
}

describe('a shortage', () => {
  test('that pods end lasts until the last of them is ready; the engine`s part ends with the first command that asks for enough', () => {
    const measurement = measured(
      [2, 2, 2, 2, 3, 5, 5],
      [44, 52, 57],
      [asked(15, 2, 3), asked(30, 3, 5), asked(45, 5, 9)],
    );
    expect(shortages([2, 5, 5, 5, 5, 5, 5], measurement)).toEqual([
      { workload: 'web', from: 10, response: 47, cure: { replicas: 5, askedAt: 30 } },
    ]);
  });

  test('that ends because demand falls has no cure', () => {
    const measurement = measured([2, 2, 2, 2], [], []);
    expect(shortages([2, 3, 3, 2], measurement)).toEqual([{ workload: 'web', from: 10, response: 20, cure: null }]);
  });

  test('for which enough was asked for beforehand is not the engine`s', () => {
    const measurement = measured([2, 2, 2, 5], [33], [asked(5, 2, 5)]);
    expect(shortages([2, 5, 5, 5], measurement)).toEqual([
      { workload: 'web', from: 10, response: 23, cure: { replicas: 5, askedAt: 10 } },
    ]);
  });

  test('that pods replace after a failure is not the engine`s either', () => {
    const measurement = measured([3, 1, 1, 3], [32, 33], []);
    expect(shortages([3, 3, 3, 3], measurement)).toEqual([
      { workload: 'web', from: 10, response: 23, cure: { replicas: 3, askedAt: 10 } },
    ]);
  });
});

function responses(all: readonly Shortage[], decisions: readonly Decision[], pods: readonly PodRecord[] = []) {
  return loadResponses(all, { decisions, pods, times: { lagSeconds: 5, windowSeconds: 30 } });
}

/** Seconds of the steps of a response. */
function total({ engine, floor }: LoadResponse): number {
  return [...engine, ...floor].reduce((sum, { seconds: length }) => sum + length, 0);
}

describe('the engine`s delay', () => {
  const shortage = { workload: 'web', from: 10, response: 100, cure: { replicas: 8, askedAt: 90 } };

  test('is scrape, lag and tick until the first informed decision, then what each decision lacked', () => {
    const decisions = [
      decided(15, 8, 2, 'within-tolerance'),
      decided(30, 12, 4, 'scaled-up'),
      decided(45, 12, 9, 'rate-limited'),
      decided(60, 60, null, 'stale-metrics'),
      decided(75, 12, 8, 'rate-limited'),
      decided(90, 12, 8, 'scaled-up'),
    ];
    // A scrape at 18 s is the first after the beginning; it is seen at 23 s and decided on at 30 s.
    expect(engineDelayParts(responses([shortage], decisions))).toEqual({
      total: 80,
      scrape: 8,
      lag: 5,
      tick: 7,
      metric: 15,
      held: { 'rate-limited': 15 + 15, 'stale-metrics': 15 },
    });
  });

  test('is a wait for the tick where the command needed no sample, and the mean over shortages that pods ended', () => {
    const blind = decided(90, null, null, 'scheduled');
    const before = { ...shortage, cure: { replicas: 8, askedAt: 10 } };
    const none = { ...shortage, cure: null };
    expect(engineDelayParts(responses([shortage, before, none], [blind]))).toEqual({
      total: 40,
      scrape: 0,
      lag: 0,
      tick: 40,
      metric: 0,
      held: {},
    });
    expect(engineDelayParts(responses([none], [blind]))).toBeNull();
  });

  test('is of the window while rates reach back before the shortage, and of the metric afterwards or for gauges', () => {
    const [reading] = template.metrics;
    const rate = { ...reading, name: 'cpu', unit: '%' };
    const ofRate = (at: number, raw: number): Decision => ({
      ...decided(at, 10, raw, 'scaled-up'),
      winner: 'cpu',
      metrics: [rate],
    });
    const decisions = [ofRate(30, 3), ofRate(45, 5), ofRate(60, 6), ofRate(90, 8)];
    const [{ engine }] = responses([shortage], decisions);
    expect(engine).toEqual([
      { what: 'scrape', seconds: 10 },
      { what: 'lag', seconds: 5 },
      { what: 'tick', seconds: 5 },
      { what: 'window', seconds: 30, asked: { least: 3, most: 5 } },
      { what: 'metric', seconds: 30, asked: { least: 6, most: 6 } },
    ]);
    const gauges = decisions.map((decision) => ({ ...decision, metrics: [{ ...rate, unit: 'MiB' }] }));
    expect(responses([shortage], gauges)[0].engine.at(-1)).toEqual({
      what: 'metric',
      seconds: 60,
      asked: { least: 3, most: 6 },
    });
  });
});

describe('what nobody could have saved', () => {
  const shortage = { workload: 'web', from: 10, response: 100, cure: { replicas: 8, askedAt: 60 } };

  test('follows the pod that was ready last through what it waited for', () => {
    const slow: PodRecord = {
      ...podReadyAt(110, 1),
      createdAt: seconds(62),
      scheduledAt: seconds(85),
      waits: [
        { for: 'node', from: seconds(63), to: seconds(83) },
        { for: 'imagePull', from: seconds(85), to: seconds(95) },
      ],
    };
    const [response] = responses([shortage], [], [podReadyAt(70, 0), slow, podReadyAt(130, 2)]);
    expect(response.floor).toEqual([
      { what: 'order', seconds: 2 },
      { what: 'node', seconds: 20 },
      { what: 'placement', seconds: 3 },
      { what: 'imagePull', seconds: 10 },
      { what: 'start', seconds: 15 },
    ]);
    expect(total(response)).toBe(100);
  });

  test('of a pod that was on its way before counts from the request on, and the rest is the resolution`s', () => {
    const early: PodRecord = { ...podReadyAt(100, 1), createdAt: seconds(20), scheduledAt: seconds(70) };
    const [response] = responses([shortage], [], [early]);
    expect(response.floor).toEqual([
      { what: 'placement', seconds: 10 },
      { what: 'start', seconds: 30 },
      { what: 'step', seconds: 10 },
    ]);
    expect(total(response)).toBe(100);
  });
});
