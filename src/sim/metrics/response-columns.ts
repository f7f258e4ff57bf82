import type { PodResponses } from '../../domain/fact.js';
import type { ResponseCounters } from '../data-plane.js';

/** What the pods of a scrape have answered, a row for each pod in the order of the scrape. */
export class ResponseColumns implements PodResponses {
  readonly le: readonly number[];
  readonly ok: number[] = [];
  readonly errors: number[] = [];
  readonly sumMicros: number[] = [];
  readonly buckets: (readonly number[])[] = [];

  /** Bounds in microseconds. */
  constructor(bounds: readonly number[]) {
    this.le = bounds.map((bound) => bound / 1e6);
  }

  /** Adds the row of a pod; one that counts nothing has answered nothing. */
  push(
    { ok, errors, sumMicros, buckets }: ResponseCounters = {
      ok: 0,
      errors: 0,
      sumMicros: 0,
      buckets: this.le.map(() => 0),
    },
  ): void {
    this.ok.push(ok);
    this.errors.push(errors);
    this.sumMicros.push(Math.round(sumMicros));
    this.buckets.push(buckets);
  }
}
