import type { Rule } from '../../../domain/decision.js';
import type { Micros } from '../../../kernel/micros.js';
import type { HpaConfig } from './hpa-config.js';
import type { HpaInput, MetricAnswer } from './hpa-input.js';

/** What one metric is judged on. */
export interface MetricQuestion {
  readonly config: HpaConfig;
  readonly input: HpaInput;
  /** What the pipeline answered for this metric. */
  readonly answer: MetricAnswer;
  readonly now: Micros;
}

/** What a valid metric asks for; fields as in `MetricProposal`. */
export interface ValidProposal {
  readonly replicas: number;
  readonly current: number;
  readonly averageMilli: number | null;
  readonly rules: readonly Rule[];
}
