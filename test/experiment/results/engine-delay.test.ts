import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/domain/decision.js';
import type { Measurement, PodRecord } from '../../../src/domain/measurement.js';
import type { ScalingEvent } from '../../../src/domain/run-result.js';
import { engineDelayParts } from '../../../src/experiment/results/engine-delay.js';
import { shortagesOf } from '../../../src/experiment/results/shortages.js';
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
    expect(engineDelayParts([shortage], decisions, 5)).toEqual({
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
    expect(engineDelayParts([shortage, before, none], [blind], 5)).toEqual({
      total: 40,
      scrape: 0,
      lag: 0,
      tick: 40,
      metric: 0,
      held: {},
    });
    expect(engineDelayParts([none], [blind], 5)).toBeNull();
  });
});
