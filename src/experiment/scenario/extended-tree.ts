import type { InputPlace } from '../../domain/errors.js';
import { SourceTree } from './source-tree.js';
import { isList, isMap, type Path, pathText, type Tree, type TreeMap } from './tree.js';

/** What a scenario says of itself alone. */
const ownOnly = ['$schema', 'extends', 'name', 'question', 'answer', 'expected'] as const;

/**
 * One scenario laid over another: mappings merge key by key, everything else (lists too) replaces what stood there, and `null` takes a
 * key away. What a scenario says of itself (name, question, answers, expectations) is not taken over.
 */
export function extendedTree(below: SourceTree, above: SourceTree): SourceTree {
  const merge = new Merge(below, above);
  const value = merge.maps(without(below.value, ownOnly), without(above.value, ['extends']), []);
  return new SourceTree(above.file, value, merge.places, [above.file, ...below.chain]);
}

function without(tree: Tree, keys: readonly string[]): TreeMap {
  return isMap(tree) ? Object.fromEntries(Object.entries(tree).filter(([key]) => !keys.includes(key))) : {};
}

/** One walk over both trees that gathers the places of what remains. */
class Merge {
  readonly places: Map<string, InputPlace>;

  constructor(
    private readonly below: SourceTree,
    private readonly above: SourceTree,
  ) {
    this.places = new Map([['', above.placeOf([])]]);
  }

  maps(below: TreeMap, above: TreeMap, path: Path): TreeMap {
    const merged: Record<string, Tree> = {};
    for (const key of new Set([...Object.keys(below), ...Object.keys(above)])) {
      const at = [...path, key];
      const [old, next] = [memberOf(below, key), memberOf(above, key)];
      if (next === undefined) merged[key] = this.kept(this.below, old ?? null, at);
      else if (next === null) this.remove(old, at);
      else if (isMap(next) && isMap(old)) merged[key] = this.placed(this.above, this.maps(old, next, at), at);
      else merged[key] = this.kept(this.above, next, at);
    }
    return merged;
  }

  /** A key that is not there cannot be taken away: most likely it is misspelt. */
  private remove(old: Tree | undefined, path: Path): void {
    if (old !== undefined) return;
    this.above.reject(
      path,
      `is null, which takes away a key that ${this.below.file} does not have`,
      'Remove the line, or mend the name of the key.',
    );
  }

  private kept(tree: SourceTree, value: Tree, path: Path): Tree {
    this.placed(tree, value, path);
    if (isList(value)) value.forEach((item, i) => this.kept(tree, item, [...path, i]));
    else if (isMap(value)) for (const [key, member] of Object.entries(value)) this.kept(tree, member, [...path, key]);
    return value;
  }

  private placed(tree: SourceTree, value: Tree, path: Path): Tree {
    const { source, line } = tree.placeOf(path);
    this.places.set(pathText(path), line === undefined ? { source } : { source, line });
    return value;
  }
}

function memberOf(map: TreeMap, key: string): Tree | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
