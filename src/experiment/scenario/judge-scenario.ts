import { InputError, type InputPlace } from '../../domain/errors.js';
import { describeIssue } from './describe-issue.js';
import { scenarioJsonSchema } from './scenario-json-schema.js';
import { type Scenario, scenarioSchema } from './scenario-schema.js';
import type { Registries } from '../../engine/registries.js';
import type { SourceTree } from './source-tree.js';

/** Checks a scenario against the schema and resolves units and defaults. Throws InputError for the first problem, by line. */
export function judgeScenario(tree: SourceTree, registries: Registries): Scenario {
  const judged = scenarioSchema(registries).safeParse(tree.value);
  if (judged.success) return judged.data;
  const schema = scenarioJsonSchema(registries);
  const problems = judged.error.issues
    .map((issue) => describeIssue(issue, { document: tree.value, schema }))
    .map((problem) => ({ ...problem, place: tree.placeOf(problem.path) }))
    .sort((a, b) => (a.place.line ?? 0) - (b.place.line ?? 0));
  const { place, problem, hint } = problems[0];
  const more = problems.length - 1;
  const rest =
    more === 0
      ? ''
      : `${more} more ${more === 1 ? 'problem follows' : 'problems follow'}${tree.chain.length === 1 ? ' in this file' : ''}.`;
  const mend = [hint, inherited(place, tree), rest].filter((part) => part !== undefined && part !== '').join(' ');
  throw new InputError(place, problem, mend === '' ? undefined : mend);
}

/** Two forms of one choice, merged, are often no form at all: the one that is not meant has to go. */
function inherited({ source, path }: InputPlace, { chain, file }: SourceTree): string {
  if (!chain.slice(1).includes(source) || path === undefined) return '';
  const [key] = path.split('[');
  return `It comes from ${source}; ${file} can replace ${key}, or take it away with null.`;
}
