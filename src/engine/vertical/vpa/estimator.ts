import type { Rule } from '../../../domain/decision.js';
import type { UsageHistory } from './usage-history.js';

/** An amount with the rules that led to it, in order; their `before` and `after` are in the unit of the amount. */
export interface Estimate {
  /** Whole thousandths of a core, or whole bytes. */
  readonly amount: number;
  readonly rules: readonly Rule[];
}

/** Estimates an amount of one resource from the usage seen. Estimators are stacked: each one changes what the one inside says. */
export type Estimator = (history: UsageHistory) => Estimate;
