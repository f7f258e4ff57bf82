import type { Rule } from '../../../domain/decision.js';
import type { HpaConfig } from './hpa-config.js';
import type { HpaPod } from './hpa-input.js';
import { type Invalid, invalid } from './invalid.js';
import { MAX_SUM, saturateReplicas } from './saturate.js';
import { isWithinTolerance, tolerancesOf } from './tolerance.js';
import { toleranceRule } from './tolerance-rule.js';

/** What a metric of an object or of the outside is judged on besides its value. */
export interface WholeScaling {
  readonly config: HpaConfig;
  readonly pods: readonly HpaPod[];
  readonly specReplicas: number;
  readonly statusReplicas: number;
}

/** What such a metric asks for; `current` is the value it reports, in thousandths. */
export interface WholeProposal {
  readonly replicas: number;
  readonly current: number;
  readonly rules: readonly Rule[];
}

/**
 * Holds the value as a whole against a target: the ready pods times the ratio.
 *
 * With no replicas there is neither a tolerance nor a pod to multiply with, and the ratio itself is the answer, so that any
 * load at all brings the first pod. Source: kubernetes pkg/controller/podautoscaler, getUsageRatioReplicaCount.
 */
export function scaleByValue(scaling: WholeScaling, milli: number, targetMilli: number): WholeProposal | Invalid {
  const { config, pods, specReplicas } = scaling;
  if (specReplicas === 0) return fromZero(milli, targetMilli, milli);
  const measure = { ratio: milli / targetMilli, current: milli };
  const within = isWithinTolerance(measure.ratio, tolerancesOf(config), config.semantics);
  if (!within && pods.length === 0) {
    return invalid('unable to calculate ready pods: no pods returned by selector while calculating replica count');
  }
  const raw = saturateReplicas(measure.ratio * countReady(pods));
  const rule = toleranceRule({ config, current: specReplicas }, targetMilli, measure, raw);
  return { replicas: rule.after, current: milli, rules: [rule] };
}

/**
 * Holds the value for each pod against a target: as many pods as the value has room in, by the replicas that are reported.
 *
 * Source: kubernetes pkg/controller/podautoscaler, GetObjectPerPodMetricReplicas and GetExternalPerPodMetricReplicas.
 */
export function scaleByAverage(scaling: WholeScaling, milli: number, targetMilli: number): WholeProposal {
  const { config, statusReplicas } = scaling;
  const current = perPod(milli, statusReplicas);
  if (statusReplicas === 0) return fromZero(milli, targetMilli, current);
  const measure = { ratio: milli / (targetMilli * statusReplicas), current };
  const raw = saturateReplicas(milli / targetMilli);
  const rule = toleranceRule({ config, current: statusReplicas }, targetMilli, measure, raw);
  return { replicas: rule.after, current, rules: [rule] };
}

function fromZero(milli: number, targetMilli: number, current: number): WholeProposal {
  const replicas = saturateReplicas(milli / targetMilli);
  const numbers = { ratio: milli / targetMilli, usage: milli, target: targetMilli };
  return { replicas, current, rules: [{ rule: 'from-zero', before: 0, after: replicas, numbers }] };
}

function perPod(milli: number, statusReplicas: number): number {
  if (milli >= MAX_SUM) return MAX_SUM;
  return statusReplicas === 0 ? 0 : Math.ceil(milli / statusReplicas) + 0;
}

/** Ready is ready, also while the pod is on its way out. */
function countReady(pods: readonly HpaPod[]): number {
  let count = 0;
  for (const { phase, ready } of pods) if (phase === 'Running' && ready?.status === 'True') count += 1;
  return count;
}
