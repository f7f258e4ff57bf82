import type { MetricReading } from '../../domain/decision.js';
import { formatSeconds } from '../../domain/number-format.js';
import type { Micros } from '../../kernel/micros.js';
import type { Clock } from '../format/clock.js';

/** How old a metric was and why, link by link, in brackets; empty where the decision does not say. */
export function ageText({ age }: MetricReading, at: Micros, clock: Clock): string {
  if (age === undefined) return '';
  const { sampledAt, lagMicros, windowMicros } = age;
  const parts = [
    `last scrape ${clock(sampledAt)}`,
    `lag ${formatSeconds(lagMicros / 1e6)}`,
    ...(windowMicros === 0 ? [] : [`window ${formatSeconds(windowMicros / 1e6)}`]),
  ];
  return ` (${formatSeconds((at - sampledAt) / 1e6)} old: ${parts.join(', ')})`;
}
