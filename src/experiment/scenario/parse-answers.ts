import { namesResult, parseThreshold, type Threshold } from './parse-threshold.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';

/** A sentence that answers a scenario's question, and what the result must look like for it to be true. */
export interface AnswerForm {
  readonly conditions: readonly Threshold[];
  /** With numbers of the result in braces. */
  readonly say: string;
}

/** A number or a word of the result in the sentence of an answer. */
export const placeholder = /\{([^{}]*)\}/g;

/** Reads the answers of a scenario. Throws InputError where a condition is none or a placeholder names nothing of a result. */
export function parseAnswers(scenario: Scenario, tree: SourceTree): readonly AnswerForm[] {
  return scenario.answer.map(({ if: given, say }, i) => {
    for (const [, name] of say.matchAll(placeholder)) requireNumber(name, tree, i);
    const conditions =
      typeof given === 'string'
        ? [parseThreshold(given, tree, ['answer', i, 'if'])]
        : (given ?? []).map((text, j) => parseThreshold(text, tree, ['answer', i, 'if', j]));
    return { conditions, say };
  });
}

function requireNumber(name: string, tree: SourceTree, i: number): void {
  const steps = name.split('.');
  if (steps.length > 1 && (steps[0] === 'bottleneck' || namesResult(steps))) return;
  tree.reject(
    ['answer', i, 'say'],
    `must name numbers of the result in braces, was {${name}}`,
    'For example {slo.violatedShare}, {latencyMs.p99} or {cost.total}.',
  );
}
