import type { MetricElement } from '../../domain/named-metric.js';

/**
 * Exponential smoothing by half-life, each element by itself: after a step, half of it is left to come a half-life later, whatever the period
 * of the ticks. An element that was not there at the tick before begins at its value.
 */
export class Smoothing {
  private at = NaN;
  private values: ReadonlyMap<string | null, number> = new Map();

  constructor(private readonly halfLifeMicros: number) {}

  /** Takes the elements of a tick and returns the smoothed ones. */
  next(now: number, elements: readonly MetricElement[]): readonly MetricElement[] {
    const kept = 2 ** (-(now - this.at) / this.halfLifeMicros);
    const smoothed = elements.map(({ pod, value }) => {
      const before = this.values.get(pod);
      return { pod, value: before === undefined ? value : value + (before - value) * kept };
    });
    this.at = now;
    this.values = new Map(smoothed.map(({ pod, value }) => [pod, value]));
    return smoothed;
  }
}
