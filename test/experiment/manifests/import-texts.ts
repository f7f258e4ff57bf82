import { expect } from 'vitest';
import { parse } from 'yaml';
import { InputError } from '../../../src/domain/errors.js';
import { builtIn } from '../../../src/engine/registries.js';
import { importManifests } from '../../../src/experiment/manifests/import-manifests.js';
import type { ImportOptions } from '../../../src/experiment/manifests/import-options.js';
import { loadScenario } from '../../../src/experiment/scenario/load-scenario.js';
import { scenarioSchema } from '../../../src/experiment/scenario/scenario-schema.js';

const schema = scenarioSchema(builtIn);

/** Imports texts as files a.yaml, b.yaml, ... and reads the scenario back as a user's tools would. */
export function imported(texts: readonly string[], options: ImportOptions = {}) {
  const result = importManifests(
    texts.map((text, i) => ({ name: `${'abcdef'[i]}.yaml`, text })),
    options,
  );
  const tree = parse(result.text);
  expect(schema.safeParse(tree).error).toBeUndefined();
  return { ...result, tree };
}

/** The message with which texts are refused. */
export function refusal(...texts: string[]): string {
  try {
    imported(texts);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'was accepted';
}

/** Names of the workloads, in their order. */
export function workloadNames(tree: unknown): string[] {
  return Object.keys(schema.parse(tree).workloads);
}

/** The line that gives a value, with its comment. */
export function lineWith(text: string, words: string): string {
  return text.split('\n').find((line) => line.includes(words)) ?? `no line with ${words}`;
}

/** Name of the scenario, if it can be run: what belongs together is judged beyond the schema. Throws InputError where it cannot. */
export async function loadable(text: string): Promise<string> {
  const loaded = await loadScenario('imported.yaml', { registries: builtIn, text, dataDirectory: null, version: '0' });
  return loaded.name;
}
