import { type Fallback, fallbackReplicas } from './fallback.js';
import type { TriggerReading } from './trigger.js';
import { triggerValue } from './trigger-value.js';

/** What a trigger counts for, once it is known how long it has failed. */
export interface TriggerOutcome {
  /** What the autoscaler sees; null where it sees an error. */
  readonly value: number | null;
  /** What a formula sees: null stands for nil. */
  readonly inFormula: number | null;
  readonly isActive: boolean;
  /** Replicas that stand in for it; null where it shows something itself, or nothing stands in. */
  readonly fallback: number | null;
  /** Why it shows nothing, where nothing stands in for it. */
  readonly problem: string | null;
  /** It is not measured at present, and asks for the replicas that are there, or is left out; absent where neither is so. */
  readonly unmeasured?: 'hold' | 'ignore';
}

/**
 * Counts the failures of each trigger in a row, and lets the fallback stand in for one that has failed too often.
 *
 * A trigger for which a fallback stands in counts as active, but not where the fallback is the formula's own. Source: kedacore/keda
 * pkg/fallback, GetMetricsWithFallback, and pkg/scaling/scale_handler.go, getScalerState.
 */
export class TriggerHealth {
  private readonly failures = new Map<string, number>();

  constructor(private readonly fallback: Fallback | null) {}

  /** Takes what a trigger shows; `target` is what it is kept at for each replica. */
  judge(name: string, target: number, reading: TriggerReading, currentReplicas: number): TriggerOutcome {
    const { fallback } = this;
    if ('value' in reading) {
      this.failures.set(name, 0);
      return { ...reading, inFormula: reading.value, fallback: null, problem: null };
    }
    if ('unmeasured' in reading) {
      const { unmeasured } = reading;
      const value = unmeasured === 'hold' ? target * currentReplicas : null;
      const isActive = unmeasured === 'hold' && currentReplicas > 0;
      return { value, inFormula: value, isActive, fallback: null, problem: null, unmeasured };
    }
    const failures = (this.failures.get(name) ?? 0) + 1;
    this.failures.set(name, failures);
    const nothing = { value: null, inFormula: null, isActive: false, fallback: null, problem: reading.problem };
    if (fallback === null || failures <= fallback.failureThreshold) return nothing;
    if (fallback.behavior === 'scalingModifiers') {
      const inFormula = triggerValue(NaN, fallback.failureThreshold, failures);
      return { ...nothing, inFormula, problem: null };
    }
    const replicas = fallbackReplicas(fallback, currentReplicas);
    const value = target * replicas;
    return { value, inFormula: value, isActive: true, fallback: replicas, problem: null };
  }
}
