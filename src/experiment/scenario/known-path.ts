import { closest } from '../../domain/did-you-mean.js';
import { InputError } from '../../domain/errors.js';
import type { InputPlace } from '../../domain/errors.js';
import { keysAt, type SchemaNode } from './json-schema-walk.js';
import { requireHarmlessKey } from './expand-map.js';
import type { SourceTree } from './source-tree.js';
import { isList, isMap, type Path, pathText, type Tree, valueAt } from './tree.js';

/**
 * Reads a dotted path, as `workloads.web.replicas.max` or `traffic[0].to`, which must lead to something that stands in the scenario or that
 * the schema knows there. Throws InputError at `place` otherwise.
 */
export function knownPath(tree: SourceTree, text: string, schema: SchemaNode, place: InputPlace): Path {
  const path = stepsOf(text);
  for (let length = 1; length <= path.length; length += 1) requireKnown(tree, path.slice(0, length), schema, place);
  return path;
}

/** `traffic[0].to` and `traffic.0.to` are the same. */
function stepsOf(text: string): Path {
  return text
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function requireKnown(tree: SourceTree, path: Path, schema: SchemaNode, source: InputPlace): void {
  const step = path[path.length - 1];
  const place = { ...source, path: pathText(path) };
  if (typeof step === 'string') requireHarmlessKey(step, place);
  if (valueAt(tree.value, path) !== undefined) return;
  const around = path.slice(0, -1);
  const allowed = keysAt(schema, tree.value, around) ?? [];
  if (typeof step === 'string' && allowed.includes(step)) return;
  const candidates = [...new Set([...keysOf(valueAt(tree.value, around)), ...allowed])];
  const meant = closest(String(step), candidates);
  const known =
    candidates.length === 0 ? 'It holds nothing that could be set.' : `Known here are ${candidates.join(', ')}.`;
  throw new InputError(
    place,
    'is not a path of the scenario',
    meant === null ? known : `Did you mean ${meant}? ${known}`,
  );
}

function keysOf(tree: Tree | undefined): readonly string[] {
  if (isList(tree)) return tree.map((_, i) => String(i));
  return isMap(tree) ? Object.keys(tree) : [];
}
