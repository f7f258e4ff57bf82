import type { Micros } from '../../../kernel/micros.js';
import type { AmountRules } from './recommend-containers.js';
import type { VerticalAmounts } from './vertical-amounts.js';

/** What is recommended for one container, and why. */
export interface ContainerRecommendation {
  readonly container: string;
  readonly target: VerticalAmounts;
  /** Below this a pod's request is too little, above `upper` too much. */
  readonly lower: VerticalAmounts;
  readonly upper: VerticalAmounts;
  /** The target before the policy's bounds. */
  readonly uncapped: VerticalAmounts;
  /** Days of history for CPU and memory (with the default intervals), which narrow the bounds. */
  readonly confidence: { readonly cpu: number; readonly memory: number };
  /** CPU samples that it rests on. */
  readonly samples: number;
  /** Every rule in order, by resource and amount; millicores and MiB. */
  readonly rules: AmountRules;
}

/** What VPA recommends for the pods of a workload. */
export interface VpaRecommendation {
  readonly kind: 'recommended';
  readonly at: Micros;
  /** In the order of their names. */
  readonly containers: readonly ContainerRecommendation[];
}

/** Why nothing is recommended. */
export interface NoRecommendation {
  readonly kind: 'none';
  readonly at: Micros;
  /** `no-samples`: nothing was seen yet; `expired`: nothing for the whole window of history; `off`: by policy. */
  readonly reason: 'no-samples' | 'expired' | 'off';
}
