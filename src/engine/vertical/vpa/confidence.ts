import type { UsageHistory } from './usage-history.js';

/**
 * How much history there is, in intervals: with an interval of a day and a sample a minute, the number of days.
 *
 * The lesser of the time the samples cover and of the number of samples, as if there was one a minute. Source: VPA, getConfidence.
 */
export function confidence({ lifespanMicros, samples }: UsageHistory, intervalMicros: number): number {
  return Math.min(lifespanMicros / intervalMicros, samples / (intervalMicros / 60e6));
}
