import type { Rule } from '../../../domain/decision.js';
import type { Micros } from '../../../kernel/micros.js';
import type { HpaConfig } from './hpa-config.js';
import type { HpaInput } from './hpa-input.js';
import type { MetricFailure, MetricProposal } from './hpa-outcome.js';
import { proposeMetric } from './propose-metric.js';

/** What all metrics together ask for. */
export interface ReplicasProposal {
  /** Null when nothing may be done; `failure` tells why. */
  readonly replicas: number | null;
  /** Name of the metric that asks for most; null as above. */
  readonly winner: string | null;
  readonly failure: MetricFailure | null;
  readonly proposals: readonly MetricProposal[];
  readonly rules: readonly Rule[];
}

const NO_ANSWER = { type: 'unavailable', message: 'no answer was given' } as const;

/**
 * The most that any valid metric asks for.
 *
 * Nothing is done when no metric is valid, nor, at head, when one is invalid and the others ask for fewer replicas: what
 * the broken metric would have asked for is not known, and to take too many pods is the cheaper mistake. v1.20 scaled down
 * (kubernetes issue 99394).
 */
export function proposeReplicas(config: HpaConfig, input: HpaInput, now: Micros): ReplicasProposal {
  const proposals = config.metrics.map((metric, index) => {
    const answer = input.answers[index] ?? NO_ANSWER;
    return proposeMetric(metric, { config, input, answer, now });
  });
  const best = highest(proposals);
  const failures = proposals.flatMap(({ failure }) => (failure === null ? [] : [failure]));
  const holds =
    best === null || (failures.length > 0 && config.semantics === 'head' && best.replicas < input.specReplicas);
  const rules = invalidMetricsRule(input.specReplicas, best?.replicas ?? input.specReplicas, proposals, holds);
  if (holds) {
    const failure = failures.at(0) ?? { reason: 'InvalidMetricSourceType', message: 'no metric is configured' };
    return { replicas: null, winner: null, failure, proposals, rules };
  }
  return { replicas: best.replicas, winner: best.name, failure: null, proposals, rules: [...best.rules, ...rules] };
}

/** Of equal proposals the first stays, but for zero: Kubernetes takes a zero for "nothing yet". */
function highest(proposals: readonly MetricProposal[]) {
  let best: { readonly name: string; readonly replicas: number; readonly rules: readonly Rule[] } | null = null;
  for (const { name, proposal, rules } of proposals) {
    if (proposal === null) continue;
    if (best === null || best.replicas === 0 || proposal > best.replicas) best = { name, replicas: proposal, rules };
  }
  return best;
}

function invalidMetricsRule(
  specReplicas: number,
  before: number,
  proposals: readonly MetricProposal[],
  holds: boolean,
): readonly Rule[] {
  const invalid = proposals.filter(({ failure }) => failure !== null);
  if (invalid.length === 0) return [];
  const { name, failure } = invalid[0];
  const numbers = { invalid: invalid.length, of: proposals.length, first: name, why: failure?.message ?? '' };
  return [{ rule: 'invalid-metrics', before, after: holds ? specReplicas : before, numbers }];
}
