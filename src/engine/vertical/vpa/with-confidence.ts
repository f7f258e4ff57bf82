import { confidence } from './confidence.js';
import type { Estimator } from './estimator.js';
import { scaleAmount } from './resource-amounts.js';

/** How far a bound is moved away while there is little history. */
export interface ConfidenceRule {
  readonly multiplier: number;
  /** Above 0 moves a bound up, below 0 moves it down. */
  readonly exponent: number;
  /** History of this length counts as 1. */
  readonly intervalMicros: number;
}

/**
 * Multiplies by `(1 + multiplier / confidence)^exponent`, which comes near 1 as history grows: with 1 and 1 an upper bound is three
 * times as high after 12 hours, twice after a day; with 0.001 and -2 a lower bound is at 0.6 of itself after five minutes.
 */
export function withConfidence({ multiplier, exponent, intervalMicros }: ConfidenceRule, inner: Estimator): Estimator {
  return (history) => {
    const { amount: before, rules } = inner(history);
    const known = confidence(history, intervalMicros);
    const factor = (1 + multiplier / known) ** exponent;
    const after = scaleAmount(before, factor);
    const numbers = { confidence: known, multiplier, exponent };
    return { amount: after, rules: [...rules, { rule: 'confidence', before, after, numbers }] };
  };
}
