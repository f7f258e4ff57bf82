import { InputError } from '../../domain/errors.js';
import type { InputPlace } from '../../domain/errors.js';
import type { SchemaNode } from './json-schema-walk.js';
import { knownPath } from './known-path.js';
import { parseScenarioText } from './parse-scenario-text.js';
import type { SourceTree } from './source-tree.js';
import { pathText, type Tree, valueAt, withValue } from './tree.js';

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
  if (override.slice(0, equals).split('.')[0] === 'extends') {
    throw new InputError({ source, path: 'extends' }, 'cannot be set here', 'Write it in the file of a scenario.');
  }
  const path = knownPath(tree, override.slice(0, equals), schema, { source });
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
