import type { Micros } from '../../../kernel/micros.js';
import { smoothingCoefficient } from './smoothing-coefficient.js';
import { TimedBuckets } from './timed-buckets.js';

/**
 * The same buckets with an average in which each bucket counts a fixed share less than the one after it.
 *
 * Source: knative/serving pkg/autoscaler/aggregation, WeightedFloat64Buckets.
 */
export class WeightedBuckets extends TimedBuckets {
  private share: number;

  constructor(window: Micros, granularity: Micros) {
    super(window, granularity);
    this.share = smoothingCoefficient(this.bucketsOf(window));
  }

  override average(now: Micros): number {
    if (this.isEmpty(now)) return 0;
    const stale = Math.max(0, this.bucketsBetween(this.startOf(now) - this.newest));
    let weight = this.share * Math.pow(1 - this.share, stale);
    let average = 0;
    this.eachFromNewest(now, (value) => {
      average += value * weight;
      weight *= 1 - this.share;
    });
    return average;
  }

  override resize(window: Micros, now: Micros): void {
    super.resize(window, now);
    this.share = smoothingCoefficient(this.bucketsOf(window));
  }
}
