import type { Rule } from '../../../domain/decision.js';
import type { Micros } from '../../../kernel/micros.js';
import { type PodGroups, groupPods } from './group-pods.js';
import type { HpaConfig } from './hpa-config.js';
import type { HpaPod } from './hpa-input.js';
import type { ResourceName } from './hpa-metric.js';
import { fillGaps } from './fill-gaps.js';
import { type Invalid, invalid, isInvalid } from './invalid.js';
import type { PodMeasure, PodMethod } from './pod-method.js';
import type { PodSamples } from './pod-samples.js';
import { saturateReplicas } from './saturate.js';
import { isWithinTolerance, tolerancesOf } from './tolerance.js';
import { toleranceRule } from './tolerance-rule.js';

/** What a metric of pods is judged on besides its samples. */
export interface PodScaling {
  readonly config: HpaConfig;
  readonly pods: readonly HpaPod[];
  /** Replicas asked for at present. */
  readonly current: number;
  /** The resource that is measured; null for metrics of another kind. */
  readonly resource: ResourceName | null;
  readonly now: Micros;
}

/** What a metric of pods asks for. */
export interface PodsProposal {
  readonly replicas: number;
  /** Over the pods whose samples count, before any gap is filled. */
  readonly measured: PodMeasure;
  readonly rules: readonly Rule[];
}

/**
 * Replicas that bring the usage of pods to its target.
 *
 * Pods without a sample, and on the way up those that are not ready, are filled in such that they never strengthen the
 * case for a change; what then still asks for one is done. Source: kubernetes pkg/controller/podautoscaler,
 * GetResourceReplicas and calcPlainMetricReplicas.
 */
export function scaleByPods(scaling: PodScaling, samples: PodSamples, method: PodMethod): PodsProposal | Invalid {
  if (scaling.pods.length === 0) return invalid('no pods returned by selector while calculating replica count');
  const groups = groupPods(scaling.pods, samples.byPod, groupingRules(scaling));
  const milliByPod = countedMilli(samples, groups);
  if (milliByPod.size === 0) return invalid(nothingCounted(scaling, samples));
  const measured = method.measure(milliByPod);
  if (isInvalid(measured)) return measured;
  const raw = saturateReplicas(measured.ratio * groups.readyCount);
  const scaleUpWithUnready = groups.unready.size > 0 && measured.ratio > 1;
  if (!scaleUpWithUnready && groups.missing.size === 0) {
    const rule = toleranceRule(scaling, method.target, measured, raw);
    return { replicas: rule.after, measured, rules: [rule] };
  }
  const filled = fillGaps({ groups, milliByPod, measured, raw, method });
  if (isInvalid(filled)) return filled;
  return { measured, ...judgeFilled(scaling, method, measured, filled) };
}

function groupingRules({ config, resource, now }: PodScaling) {
  const { semantics, cpuInitializationMicros, initialReadinessDelayMicros } = config;
  const terminalPhases = semantics === 'head' ? (['Failed', 'Succeeded'] as const) : (['Failed'] as const);
  return { resource, terminalPhases, cpuInitializationMicros, initialReadinessDelayMicros, now };
}

/** Samples of pods that nobody lists are kept: the pod may just not be listed yet. */
function countedMilli({ byPod }: PodSamples, { unready, ignored }: PodGroups): ReadonlyMap<string, number> {
  const milliByPod = new Map<string, number>();
  for (const { pod, milli } of byPod.values()) {
    if (!unready.has(pod) && !ignored.has(pod)) milliByPod.set(pod, milli);
  }
  return milliByPod;
}

function nothingCounted({ config }: PodScaling, { remark }: PodSamples): string {
  const message =
    config.semantics === 'head'
      ? 'did not receive metrics for targeted pods (pods might be unready)'
      : 'did not receive metrics for any ready pods';
  return remark === '' ? message : `${message}: ${remark}`;
}

/** The last word after gaps were filled: inside tolerance, or turned around by the filling, nothing changes. */
function judgeFilled(
  scaling: PodScaling,
  method: PodMethod,
  measured: PodMeasure,
  filled: { readonly measure: PodMeasure; readonly replicas: number; readonly rules: readonly Rule[] },
) {
  const { current } = scaling;
  const { ratio } = filled.measure;
  const tolerance = toleranceRule(scaling, method.target, filled.measure, filled.replicas);
  const rules = [...filled.rules, tolerance];
  if (isWithinTolerance(ratio, tolerancesOf(scaling.config), scaling.config.semantics)) {
    return { replicas: current, rules };
  }
  const holds = turnsAround(measured.ratio, ratio) || (method.guardsCount && movesAgainst(ratio, current, filled));
  const replicas = holds ? current : filled.replicas;
  const numbers = { ratio: measured.ratio, filledRatio: ratio, current };
  rules.push({ rule: 'direction-flip', before: filled.replicas, after: replicas, numbers });
  return { replicas, rules };
}

function turnsAround(before: number, after: number): boolean {
  return (before < 1 && after > 1) || (before > 1 && after < 1);
}

/** More pods on the way down or fewer on the way up, only because the number of counted pods is not that of the replicas. */
function movesAgainst(ratio: number, current: number, { replicas }: { readonly replicas: number }): boolean {
  return (ratio < 1 && replicas > current) || (ratio > 1 && replicas < current);
}
