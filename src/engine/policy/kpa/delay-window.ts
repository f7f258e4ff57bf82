import type { Micros } from '../../../kernel/micros.js';
import { SlidingMaximum } from './sliding-maximum.js';

/**
 * The most replicas asked for within the scale-down delay, in steps of the controller's tick.
 *
 * Source: knative/serving pkg/autoscaler/aggregation/max, TimeWindow.
 */
export class DelayWindow {
  private readonly maximum: SlidingMaximum;

  constructor(
    delay: Micros,
    private readonly tick: Micros,
  ) {
    this.maximum = new SlidingMaximum(Math.ceil(delay / tick));
  }

  /** Takes what is asked for at `now` and returns the most within the delay. */
  mostWithin(now: Micros, pods: number): number {
    this.maximum.record(Math.floor(now / this.tick), pods);
    return this.maximum.current();
  }
}
