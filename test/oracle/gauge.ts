import type { RequestTotals } from '../../src/domain/measurement.js';
import { SERVICE_MICROS, type Statistic } from './oracle-case.js';
import type { RequestTape } from './twin-queue.js';

/** What a statistic needs of one batch: numbers that add up when batches are joined, and what they come to. */
export interface Gauge {
  /** Is told of each request's end, where the statistic needs it. */
  readonly observe: ((tape: RequestTape, ordinal: number, at: number) => void) | null;
  /** Numbers of the batch that ends now. */
  take(totals: RequestTotals): Float64Array;
  /** The batch's estimate. */
  estimate(numbers: Float64Array): number;
}

/** Makes the gauge of a statistic; `tapes` are by source. */
export function makeGauge(statistic: Statistic, tapeOf: (source: string) => RequestTape): Gauge {
  switch (statistic.kind) {
    case 'mean sojourn':
      return ratioGauge(({ requests, latencyMs }) => [
        (latencyMs.mean ?? 0) * requests.served * 1e3,
        requests.served * SERVICE_MICROS,
      ]);
    case 'share rejected':
      return ratioGauge(({ requests }) => [requests.rejected, requests.offered]);
    case 'share gave up':
      return ratioGauge(({ requests }) => [requests.timedOut, requests.offered]);
    case 'mean sojourn of source':
      return sourceGauge(tapeOf(statistic.source));
    case 'quantile of wait':
      return waitGauge(statistic.p, statistic.expected * SERVICE_MICROS);
  }
}

/** A ratio of two running totals. */
function ratioGauge(read: (totals: RequestTotals) => readonly [number, number]): Gauge {
  let before: readonly [number, number] = [0, 0];
  return {
    observe: null,
    take(totals) {
      const now = read(totals);
      const taken = Float64Array.of(now[0] - before[0], now[1] - before[1]);
      before = now;
      return taken;
    },
    estimate: ([above, below]) => above / below,
  };
}

function sourceGauge(wanted: RequestTape): Gauge {
  let sum = 0;
  let count = 0;
  return {
    observe(tape, ordinal, at) {
      if (tape !== wanted) return;
      sum += at - tape.arrivalOf(ordinal);
      count += 1;
    },
    take() {
      const taken = Float64Array.of(sum, count * SERVICE_MICROS);
      sum = 0;
      count = 0;
      return taken;
    },
    estimate: ([above, below]) => above / below,
  };
}

const BINS_TO_EXPECTED = 2048;
const BINS = BINS_TO_EXPECTED * 8;

/** A histogram of waits, fine enough for its bins to be lost in the interval. */
function waitGauge(p: number, expectedMicros: number): Gauge {
  const scale = BINS_TO_EXPECTED / expectedMicros;
  let bins = new Float64Array(BINS + 1);
  return {
    observe(tape, ordinal, at) {
      const wait = at - tape.arrivalOf(ordinal) - tape.demandOf(ordinal);
      const bin = wait <= 0 ? 0 : Math.floor(wait * scale);
      bins[bin < BINS ? bin : BINS] += 1;
    },
    take() {
      const taken = bins;
      bins = new Float64Array(BINS + 1);
      return taken;
    },
    estimate(numbers) {
      let rank = p * numbers.reduce((sum, count) => sum + count, 0);
      let bin = 0;
      while (bin < BINS && rank > numbers[bin]) {
        rank -= numbers[bin];
        bin += 1;
      }
      return (bin + rank / numbers[bin]) / scale / SERVICE_MICROS;
    },
  };
}
