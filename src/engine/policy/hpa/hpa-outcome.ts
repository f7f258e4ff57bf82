import type { Rule } from '../../../domain/decision.js';
import type { HpaCondition } from './conditions.js';

/** Why a metric says nothing: the reason of the Kubernetes condition, and the sentence that explains it. */
export interface MetricFailure {
  readonly reason: string;
  readonly message: string;
}

/** What one metric asked for. */
export interface MetricProposal {
  readonly name: string;
  /** Measured value in `unit`; null when the metric is not valid. */
  readonly current: number | null;
  /** Target in `unit`; null when none is set. */
  readonly target: number | null;
  /** `percent` of the request, or `milli`, thousandths of the metric's own unit. */
  readonly unit: 'percent' | 'milli';
  /** Average usage of a pod in thousandths; null where the metric is not one of pods. */
  readonly averageMilli: number | null;
  /** Replicas; null when the metric is not valid. */
  readonly proposal: number | null;
  readonly failure: MetricFailure | null;
  /** What was consulted on the way to the proposal, in order. */
  readonly rules: readonly Rule[];
}

/** The decision of one tick, with everything that led there. */
export interface HpaOutcome {
  /** Replicas to ask for; the same as before when `rescaled` is false. */
  readonly desiredReplicas: number;
  readonly rescaled: boolean;
  /** What the metrics alone asked for; null when they were not consulted or could not be acted upon. */
  readonly rawDesired: number | null;
  /** Name of the metric that asked for most; null as above. */
  readonly winner: string | null;
  readonly proposals: readonly MetricProposal[];
  /** The winning metric's rules, then those that apply to all metrics together, in order. */
  readonly rules: readonly Rule[];
  /** As Kubernetes would show them after this tick alone. */
  readonly conditions: readonly HpaCondition[];
}
