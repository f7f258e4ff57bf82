import type { RequestTotals } from '../../src/domain/measurement.js';
import type { Interval } from './interval.js';
import { SERVICE_MICROS, type Statistic } from './oracle-case.js';
import type { RequestTape } from './request-tape.js';

/** What a statistic needs of one batch. */
export interface Gauge {
  /** Is told of each request's end, where the statistic needs it. */
  readonly observe: ((tape: RequestTape, ordinal: number, at: number) => void) | null;
  /** Numbers of the batch that ends now; they add up when batches are joined. The first, a request, is what the interval is made for. */
  take(totals: RequestTotals): readonly number[];
  /** The interval of the statistic, from that of the first number a request, and from all batches' numbers. */
  finish(perRequest: Interval, sums: readonly number[]): Interval;
}

/** Makes the gauge of a statistic. */
export function makeGauge(statistic: Statistic): Gauge {
  switch (statistic.kind) {
    case 'mean sojourn':
      return totalGauge(({ requests, latencyMs }) => ((latencyMs.mean ?? 0) * requests.served * 1e3) / SERVICE_MICROS);
    case 'share rejected':
      return totalGauge(({ requests }) => requests.rejected);
    case 'share gave up':
      return totalGauge(({ requests }) => requests.timedOut);
    case 'mean sojourn of source':
      return sourceGauge(statistic.source, statistic.share);
    case 'quantile of wait':
      return waitGauge(statistic.p, statistic.expected * SERVICE_MICROS);
  }
}

/** A running total of the plane. */
function totalGauge(read: (totals: RequestTotals) => number): Gauge {
  let before = 0;
  return {
    observe: null,
    take(totals) {
      const now = read(totals);
      const taken = now - before;
      before = now;
      return [taken];
    },
    finish: (perRequest) => perRequest,
  };
}

function sourceGauge(source: string, share: number): Gauge {
  let sum = 0;
  return {
    observe(tape, ordinal, at) {
      if (tape.name === source) sum += at - tape.arrivalOf(ordinal);
    },
    take() {
      const taken = [sum / SERVICE_MICROS];
      sum = 0;
      return taken;
    },
    finish: ({ estimate, halfWidth }) => ({ estimate: estimate / share, halfWidth: halfWidth / share }),
  };
}

/** How far from the expected quantile the tail is looked at, to see how steep it is there. */
const AROUND = 0.1;

/**
 * Counts waits longer than the expected quantile. Their share would be 1 - p were that the quantile; by how much the true one lies beyond or
 * before it follows from how fast the tail falls around it, by the same run: -d ln P(wait > x) / dx, which changes slowly.
 *
 * Source: R. Bahadur, "A note on quantiles in large samples" (1966).
 */
function waitGauge(p: number, expectedMicros: number): Gauge {
  const marks = [expectedMicros, (1 - AROUND) * expectedMicros, (1 + AROUND) * expectedMicros];
  let longer = marks.map(() => 0);
  return {
    observe(tape, ordinal, at) {
      const wait = at - tape.arrivalOf(ordinal) - tape.demandOf(ordinal);
      if (wait <= marks[1]) return;
      for (let i = 0; i < marks.length; i += 1) if (wait > marks[i]) longer[i] += 1;
    },
    take() {
      const taken = longer;
      longer = marks.map(() => 0);
      return taken;
    },
    finish({ estimate, halfWidth }, [, before, beyond]) {
      const fall = Math.log(before / beyond) / (2 * AROUND * expectedMicros);
      const quantile = expectedMicros + Math.log(estimate / (1 - p)) / fall;
      return { estimate: quantile / SERVICE_MICROS, halfWidth: halfWidth / estimate / fall / SERVICE_MICROS };
    },
  };
}
