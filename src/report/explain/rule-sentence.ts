import type { Rule } from '../../domain/decision.js';
import { formatNumber } from '../../domain/number-format.js';
import { formatRuleNumber, ruleNumberName } from './rule-number.js';
import { ruleTemplates } from './rule-templates.js';

/**
 * One rule as a sentence without capital and full stop.
 *
 * A known rule speaks through its template; numbers that the template does not use follow in brackets, so that nothing the rule saw is lost.
 * A rule without a template is reported by its name and its effect.
 */
export function ruleSentence(rule: Rule): string {
  const template = templateOf(rule);
  const used = new Set(REPEATED.get(rule.rule));
  const sentence = fill(template, rule, used);
  const rest = Object.entries(rule.numbers).filter(([key]) => !used.has(key));
  return rest.length === 0
    ? sentence
    : `${sentence} (${rest.map(([key, value]) => `${ruleNumberName(key)} ${formatRuleNumber(key, value)}`).join(', ')})`;
}

/** Numbers that other sentences of the same decision say already, in better units. */
const REPEATED: ReadonlyMap<string, readonly string[]> = new Map([
  ['tolerance', ['usage', 'target']],
  ['from-zero', ['usage', 'target']],
  ['direction-flip', ['current']],
  ['invalid-metrics', ['invalid', 'of', 'first', 'why']],
  ['rate-policy', ['policy', 'limit', 'direction']],
  ['stabilization', ['direction', 'windowSeconds']],
]);

function templateOf(rule: Rule): string {
  const known = Object.hasOwn(ruleTemplates, rule.rule) ? ruleTemplates[rule.rule] : unknownRule(rule);
  if (typeof known === 'string') return known;
  return typeof known === 'function' ? known(rule) : known[rule.before === rule.after ? 'kept' : 'changed'];
}

function unknownRule(rule: Rule): string {
  const name = `the rule "${rule.rule.replace(/[{}[\]]/g, '')}"`;
  return rule.before === rule.after ? `${name} was consulted and left {after}` : `${name} changed {before} to {after}`;
}

/** Fills `{key}` from the rule; a part in square brackets disappears when one of its keys has no value. */
function fill(template: string, rule: Rule, used: Set<string>): string {
  const filled = template.replace(/\[([^\]]*)\]/g, (_, part: string) =>
    keysOf(part).every((key) => valueOf(rule, key) !== null) ? part : '',
  );
  return filled.replace(/\{(\w+)\}/g, (_, key: string) => {
    used.add(key);
    return valueOf(rule, key) ?? 'an unknown value';
  });
}

function keysOf(part: string): readonly string[] {
  return [...part.matchAll(/\{(\w+)\}/g)].map(([, key]) => key);
}

function valueOf(rule: Rule, key: string): string | null {
  if (key === 'before' || key === 'after') return formatNumber(rule[key]);
  return Object.hasOwn(rule.numbers, key) ? formatRuleNumber(key, rule.numbers[key]) : null;
}
