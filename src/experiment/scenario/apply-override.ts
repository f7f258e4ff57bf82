import { closest } from '../../domain/did-you-mean.js';
import { InputError } from '../../domain/errors.js';
import type { InputPlace } from '../../domain/errors.js';
import { requireHarmlessKey } from './expand-map.js';
import { keysAt, type SchemaNode } from './json-schema-walk.js';
import { parseScenarioText } from './parse-scenario-text.js';
import type { SourceTree } from './source-tree.js';
import { isList, isMap, type Path, pathText, type Tree, valueAt, withValue } from './tree.js';

/**
 * Replaces one value of a scenario: `workloads.web.replicas.max=80`. The value is read as YAML.
 *
 * The path must lead to something that stands in the scenario or that the schema knows there. Throws InputError otherwise.
 */
export function applyOverride(tree: SourceTree, override: string, schema: SchemaNode): SourceTree {
  const source = `--set ${override}`;
  const equals = override.indexOf('=');
  if (equals <= 0) {
    throw new InputError({ source }, 'must be path=value', 'For example --set workloads.web.replicas.max=80.');
  }
  const path = stepsOf(override.slice(0, equals));
  for (let length = 1; length <= path.length; length += 1) requireKnown(tree, path.slice(0, length), schema, source);
  const value = readValue(override.slice(equals + 1), { source, path: pathText(path) });
  return tree.replaced(withValue(tree.value, path, value), path, source);
}

function readValue(text: string, place: InputPlace): Tree {
  try {
    return valueAt(parseScenarioText(`value: ${text}`, place.source).value, ['value']) ?? null;
  } catch (error) {
    if (error instanceof InputError) throw new InputError(place, error.problem, error.hint);
    throw error;
  }
}

/** `traffic[0].to` and `traffic.0.to` are the same. */
function stepsOf(text: string): Path {
  return text
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function requireKnown(tree: SourceTree, path: Path, schema: SchemaNode, source: string): void {
  const step = path[path.length - 1];
  const place = { source, path: pathText(path) };
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
