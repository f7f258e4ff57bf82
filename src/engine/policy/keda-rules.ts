import type { Rule } from '../../domain/decision.js';
import type { Composite } from './keda/composite.js';
import type { TriggerOutcome } from './keda/trigger-health.js';
import type { KedaSettings } from './keda-settings.js';

/** What a decision tells of triggers and formula before anybody acts on them. */
export function kedaRules(
  { outcomes, made }: { readonly outcomes: ReadonlyMap<string, TriggerOutcome>; readonly made: Composite | null },
  { modifiers, fallback }: KedaSettings,
  specReplicas: number,
): readonly Rule[] {
  const rules: Rule[] = [];
  for (const [trigger, outcome] of outcomes) {
    if (outcome.fallback === null) continue;
    const numbers = { trigger, behavior: fallback?.behavior ?? '', replicas: outcome.fallback };
    rules.push({ rule: 'fallback', before: specReplicas, after: specReplicas, numbers });
  }
  if (made === null || modifiers === null) return rules;
  const shown = Object.fromEntries([...outcomes].map(([name, { inFormula }]) => [name, inFormula ?? 'nil']));
  const numbers = { ...shown, formula: modifiers.formula, result: made.value ?? made.problem ?? '' };
  return [...rules, { rule: 'formula', before: specReplicas, after: specReplicas, numbers }];
}
