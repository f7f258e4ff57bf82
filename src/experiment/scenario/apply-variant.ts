import { InputError } from '../../domain/errors.js';
import type { SchemaNode } from './json-schema-walk.js';
import { knownPath } from './known-path.js';
import type { SourceTree } from './source-tree.js';
import { isMap, type Path, valueAt, withValue } from './tree.js';

/** What makes a run comparable with the others of the scenario, or is no part of the world. */
const fixed: ReadonlySet<string> = new Set(['$schema', 'name', 'question', 'seed', 'seeds', 'variants', 'expected']);

/**
 * The scenario with what one of its variants changes; the changed values stand where the variant wrote them.
 *
 * `null` takes a key away, and with it what stands there, as in a scenario that extends another.
 *
 * A path must lead to something that stands in the scenario, or that the schema knows there. Throws InputError at its line otherwise.
 */
export function applyVariant(tree: SourceTree, name: string, schema: SchemaNode): SourceTree {
  const changes = valueAt(tree.value, ['variants', name]);
  if (!isMap(changes)) return tree;
  return Object.keys(changes).reduce((current, text) => {
    const written: Path = ['variants', name, text];
    const place = tree.placeOf(written);
    const path = knownPath(current, text, schema, { ...place, path: '' });
    refuseFixed(path, { ...place, path: text });
    if (changes[text] === null) return takenAway(current, path, { ...place, path: text });
    return current.moved(withValue(current.value, path, changes[text]), written, path);
  }, tree);
}

function takenAway(tree: SourceTree, path: Path, place: InputError['place']): SourceTree {
  if (typeof path[path.length - 1] === 'number')
    throw new InputError(
      place,
      'must not be null, which takes a key away and not an item of a list',
      'Write the list as it should be.',
    );
  if (!tree.has(path))
    throw new InputError(place, 'is null, which takes away a key that the scenario does not have', 'Leave it out.');
  return tree.without(path);
}

function refuseFixed([first]: Path, place: InputError['place']): void {
  if (!fixed.has(String(first))) return;
  throw new InputError(
    place,
    'must not be changed by a variant',
    first === 'seed' ? 'Give several seeds with seeds: 3.' : 'A variant changes the world or the choices in it.',
  );
}
