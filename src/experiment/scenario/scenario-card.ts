import { parseScenarioText } from './parse-scenario-text.js';
import { readTextFile } from './read-text-file.js';
import { type Tree, valueAt } from './tree.js';

/** What a list says of a scenario: its question, and the answer that its last accepted run gave. */
export interface ScenarioCard {
  readonly question: string | null;
  readonly answer: string | null;
}

/** Reads the card of a scenario file; `shown` is how messages name it. Throws InputError for a file that is no scenario. */
export async function scenarioCard(path: string, shown: string): Promise<ScenarioCard> {
  const { value } = parseScenarioText(await readTextFile(path, shown), shown);
  return { question: textAt(value, ['question']), answer: textAt(value, ['expected', 'answer']) };
}

function textAt(tree: Tree, path: readonly string[]): string | null {
  const value = valueAt(tree, path);
  return typeof value === 'string' ? value : null;
}
