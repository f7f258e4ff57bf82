import { Bug } from '../../domain/errors.js';
import type { RateSeries } from '../../domain/rate-series.js';

/** A stretch of a curve and how finely it is cut; the last bin may be shorter. */
export interface Stretch {
  readonly untilMicros: number;
  /** Infinity for a stretch that stays one bin. */
  readonly binMicros: number;
}

/**
 * Cuts a curve over time into bins of constant rate, each with the curve's value at its middle; a straight line keeps its mass exactly.
 *
 * Stretches follow one another from time zero; those that end before they begin are skipped.
 */
export function sampleRates(stretches: readonly Stretch[], curve: (atMicros: number) => number): RateSeries {
  const edges = [0];
  const rates: number[] = [];
  for (const { untilMicros, binMicros } of stretches) {
    const start = edges[edges.length - 1];
    for (let i = 1, edge = start; edge < untilMicros; i += 1) {
      const next = Math.min(start + i * binMicros, untilMicros);
      rates.push(curve((edge + next) / 2));
      edges.push(next);
      edge = next;
    }
  }
  if (rates.length === 0) throw new Bug('a series must be longer than nothing');
  return { edgesMicros: Float64Array.from(edges), ratePerSecond: Float64Array.from(rates) };
}

/** A bin length that cuts a stretch finely enough, but never into more than ten thousand bins. */
export function fineBin(lengthMicros: number, wantedMicros: number): number {
  return Math.max(wantedMicros, Math.ceil(lengthMicros / 10_000));
}
