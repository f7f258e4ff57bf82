import { z } from 'zod';
import type { SchemaNode } from './json-schema-walk.js';
import { listDefaults } from './list-defaults.js';
import { isList, isMap, type Path, pathText, type Tree } from './tree.js';

/** What is no setting of the world or the engine: words, judgements, and the seed, which the identity holds apart. */
const leftOut: ReadonlySet<string> = new Set([
  '$schema',
  'name',
  'question',
  'answer',
  'seed',
  'seeds',
  'variants',
  'thresholds',
  'guesses',
  'expected',
]);

/**
 * Every setting of a scenario by its path, in the user's own notation: those left to their defaults, then those that are written.
 *
 * Two results can be compared by them: what differs here is what was chosen differently.
 */
export function scenarioSettings(document: Tree, schema: SchemaNode): Readonly<Record<string, string>> {
  const written = isMap(document) ? Object.entries(document).filter(([key]) => !leftOut.has(key)) : [];
  const leaves = written.flatMap(([key, value]) => leavesOf(value, [key]));
  const defaults = listDefaults(document, schema)
    .filter(({ path }) => !leftOut.has(path))
    .flatMap(({ path, value }) => defaultLeaves(path, value));
  return Object.fromEntries([...defaults, ...leaves]);
}

/** A default that is a list or a mapping is taken apart like one that is written. */
function defaultLeaves(path: string, value: string): readonly (readonly [path: string, value: string])[] {
  if (!/^[[{]/.test(value)) return [[path, value]];
  const tree = z.json().parse(JSON.parse(value));
  return leavesOf(tree, [path]);
}

function leavesOf(value: Tree, path: Path): (readonly [path: string, value: string])[] {
  if (isList(value) && value.length > 0) return value.flatMap((item, i) => leavesOf(item, [...path, i]));
  if (isMap(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
  }
  return [[pathText(path), typeof value === 'string' ? value : JSON.stringify(value)]];
}
