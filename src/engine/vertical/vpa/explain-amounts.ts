import type { Rule } from '../../../domain/decision.js';
import type { CappedAmounts } from './cap-amounts.js';
import type { AmountRules } from './recommend-containers.js';
import { type VpaResource, vpaResources } from './resource-amounts.js';
import { bytesPerMiB } from './vertical-amounts.js';

type Which = 'target' | 'lower' | 'upper';

/**
 * All rules of a recommendation in order: the estimators' own, rounding where it changed something, then the policy's bounds.
 *
 * Rules of memory come out in MiB.
 */
export function explainAmounts(rules: AmountRules, capped: Readonly<Record<Which, CappedAmounts>>): AmountRules {
  const explained: Partial<Record<VpaResource, Readonly<Record<Which, readonly Rule[]>>>> = {};
  for (const resource of vpaResources) {
    const own = rules[resource];
    if (own === undefined) continue;
    const unit = resource === 'memory' ? bytesPerMiB : 1;
    const of = (which: Which): readonly Rule[] => {
      const policy = capped[which].rules[resource] ?? [];
      const rounded = policy.at(0)?.before ?? capped[which].amounts[resource];
      return [...withRounding(own[which], rounded), ...policy].map((rule) => inUnit(rule, unit));
    };
    explained[resource] = { target: of('target'), lower: of('lower'), upper: of('upper') };
  }
  return explained;
}

function withRounding(rules: readonly Rule[], rounded: number | undefined): readonly Rule[] {
  const before = rules.at(-1)?.after;
  if (before === undefined || rounded === undefined || rounded === before) return rules;
  return [...rules, { rule: 'rounding', before, after: rounded, numbers: {} }];
}

function inUnit({ rule, before, after, numbers }: Rule, unit: number): Rule {
  const { bound } = numbers;
  const converted = typeof bound === 'number' ? { ...numbers, bound: bound / unit } : numbers;
  return { rule, before: before / unit, after: after / unit, numbers: converted };
}
