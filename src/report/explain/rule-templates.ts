import type { Rule } from '../../domain/decision.js';
import { nodeTemplates } from './node-templates.js';
import { policyTemplates } from './policy-templates.js';
import { serverlessTemplates } from './serverless-templates.js';
import { invalidMetrics, ratePolicy, stabilization, tolerance } from './chosen-templates.js';

/**
 * What a rule says when it changed the number and when it left it alone.
 *
 * `{before}` and `{after}` are replicas, any other `{key}` is a number the rule saw; a part in square brackets is left out where a key of it is missing.
 */
export interface EffectTemplates {
  readonly changed: string;
  readonly kept: string;
}

/** Where the effect alone does not tell what the rule did, its numbers choose the sentence. */
export type RuleTemplate = EffectTemplates | ((rule: Rule) => string);

/** Sentences of the rules that policies and stages record, by the rule's name. */
export const ruleTemplates: Readonly<Record<string, RuleTemplate>> = {
  ...serverlessTemplates,
  ...policyTemplates,
  ...nodeTemplates,
  tolerance,
  'missing-pods': {
    changed:
      'pods without a sample[ ({missing})] counted as using {fill}[, which took the ratio from {ratio} to {filledRatio}] and {before} to {after}',
    kept: 'pods without a sample[ ({missing})] counted as using {fill}[, which took the ratio from {ratio} to {filledRatio}] and left {after}',
  },
  'unready-pods': {
    changed:
      'pods not ready yet[ ({unready})] counted as using {fill}[, which took the ratio from {ratio} to {filledRatio}] and {before} to {after}',
    kept: 'pods not ready yet[ ({unready})] counted as using {fill}[, which took the ratio from {ratio} to {filledRatio}] and left {after}',
  },
  'direction-flip': {
    changed:
      'filling the gaps turned the direction around[ (ratio {ratio}, filled {filledRatio})], so {after} pods stay',
    kept: 'filling the gaps did not turn the direction around[ (ratio {ratio}, filled {filledRatio})]',
  },
  'from-zero': {
    changed: 'there was no pod to multiply with, so the ratio of {ratio} itself was the answer: {after}',
    kept: 'there was no pod and no load[ (ratio {ratio})]',
  },
  'invalid-metrics': invalidMetrics,
  stabilization,
  'rate-policy': ratePolicy,
  'scale-up-limit': {
    changed: 'one step may lead from[ {current}] to {limit} at most, so {before} became {after}',
    kept: '{after} is within one step[ of {current}], which ends at {limit}',
  },
  'scale-to-zero': {
    changed: 'nothing is asked for and the minimum[ of {min}] allows it, so {before} became {after}',
    kept: 'scaling is switched off at zero pods[: {why}]',
  },
  min: {
    changed: 'the configured minimum[ of {min}] raised {before} to {after}',
    kept: '{after} is not below the configured minimum[ of {min}]',
  },
  max: {
    changed: 'the configured maximum[ of {max}] lowered {before} to {after}',
    kept: '{after} is not above the configured maximum[ of {max}]',
  },
  schedule: {
    changed: 'the schedule[ ("{entry}", in force for {sinceSeconds})] moved {before} to {after}',
    kept: 'the schedule[ ("{entry}", in force for {sinceSeconds})] left {after}',
  },
  fixed: {
    changed: 'the number is fixed, so {before} became {after}',
    kept: 'the number is fixed at {after}',
  },
  cooldown: {
    changed: 'the last change was too recent[ (cool-down {cooldownSeconds})], so {before} became {after}',
    kept: 'the last change was long enough ago[ (cool-down {cooldownSeconds})]',
  },
  stale: {
    changed: 'the newest sample was too old to act upon[ ({ageSeconds}, limit {limitSeconds})]: {after} pods stay',
    kept: 'the newest sample was recent enough[ ({ageSeconds})]',
  },
  quota: {
    changed:
      'the quota shared by all workloads[ ({limit} {resource}, {left} left)] lowered {before} to {after}[, {ahead} pods of priorities above {priority} being served first]',
    kept: 'the quota shared by all workloads left room for {after}',
  },
  budget: {
    changed:
      'the budget[ of {budgetPerHour}] lowered {before} to {after}[: one costs {podPerHour} and {leftPerHour} is left][: a node costs {nodePerHour} and {leftPerHour} is left][; priorities above {priority} take {aheadPerHour}][; it would have cost {cutPerHour} more]',
    kept: 'the budget pays for no more than {after}[: a node costs {nodePerHour} and {leftPerHour} is left]',
  },
  'minima-above-budget': {
    changed: 'the minima of all workloads alone cost {minimaPerHour}, more than the budget of {budgetPerHour}',
    kept: 'the minima of all workloads alone cost {minimaPerHour}, more than the budget of {budgetPerHour}',
  },
  capacity: {
    changed: 'the nodes had room for {after} instead of {before}',
    kept: 'the nodes have too little room: of {needed} more pods {fits} fit and {pending} stay pending until there is a place',
  },
  price: {
    changed: 'the price moved {before} to {after}',
    kept: 'the price left {after}',
  },
};
