import type { Rule } from '../../../domain/decision.js';
import type { PodGroups } from './group-pods.js';
import { type Invalid, isInvalid } from './invalid.js';
import type { PodMeasure, PodMethod } from './pod-method.js';
import { saturateReplicas } from './saturate.js';

/** What is known before gaps are filled. */
export interface Gaps {
  readonly groups: PodGroups;
  readonly milliByPod: ReadonlyMap<string, number>;
  readonly measured: PodMeasure;
  /** Replicas without any filling. */
  readonly raw: number;
  readonly method: PodMethod;
}

/** What usage looks like with the gaps filled. */
export interface FilledGaps {
  readonly measure: PodMeasure;
  readonly replicas: number;
  readonly rules: readonly Rule[];
}

/**
 * Fills pods without a sample against the direction of the change, and on the way up pods that are not ready with nothing.
 *
 * Each filling is measured by itself, so that an explanation can tell which of them moved the number.
 */
export function fillGaps({ groups, milliByPod, measured, raw, method }: Gaps): FilledGaps | Invalid {
  let filled: FilledGaps | Invalid = { measure: measured, replicas: raw, rules: [] };
  const milli = new Map(milliByPod);
  if (groups.missing.size > 0) {
    const fill = missingFill(measured.ratio, method);
    if (fill.of !== null) for (const pod of groups.missing) milli.set(pod, fill.of(pod));
    const numbers = { missing: groups.missing.size, fill: fill.text, ratio: measured.ratio };
    filled = remeasure(filled, milli, method, { rule: 'missing-pods', numbers });
    if (isInvalid(filled)) return filled;
  }
  if (groups.unready.size > 0 && measured.ratio > 1) {
    for (const pod of groups.unready) milli.set(pod, 0);
    const numbers = { unready: groups.unready.size, fill: '0', ratio: filled.measure.ratio };
    filled = remeasure(filled, milli, method, { rule: 'unready-pods', numbers });
  }
  return filled;
}

function missingFill(ratio: number, method: PodMethod) {
  if (ratio < 1) return { of: (pod: string) => method.fillOnScaleDown(pod), text: method.fillText };
  if (ratio > 1 || method.fillsOnTarget) return { of: () => 0, text: '0' };
  return { of: null, text: 'nothing, as the others are on target' };
}

function remeasure(
  before: FilledGaps,
  milli: ReadonlyMap<string, number>,
  method: PodMethod,
  { rule, numbers }: Pick<Rule, 'rule' | 'numbers'>,
): FilledGaps | Invalid {
  const measure = method.measure(milli);
  if (isInvalid(measure)) return measure;
  const replicas = saturateReplicas(measure.ratio * milli.size);
  const record: Rule = {
    rule,
    before: before.replicas,
    after: replicas,
    numbers: { ...numbers, filledRatio: measure.ratio },
  };
  return { measure, replicas, rules: [...before.rules, record] };
}
