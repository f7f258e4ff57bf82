import type { SourceTree } from './source-tree.js';
import { isMap, type Path, type Tree, valueAt, withValue } from './tree.js';

/**
 * A scenario in which a variant or the command line has moved a bound of replicas past their start: the start goes with the bound, as
 * it does in a cluster. A start that was changed along with it, or that lay outside before, stays as it is.
 */
export function startWithinBounds(before: SourceTree, after: SourceTree): SourceTree {
  const workloads = valueAt(after.value, ['workloads']);
  return Object.keys(isMap(workloads) ? workloads : {}).reduce((tree, name) => {
    const path: Path = ['workloads', name, 'replicas'];
    const was = replicasAt(before.value, path);
    const is = replicasAt(tree.value, path);
    if (was === null || is === null || was.initial !== is.initial || !isInside(was) || isInside(is)) return tree;
    const bound = is.initial < is.min ? 'min' : 'max';
    const start: Path = [...path, 'initial'];
    const { source } = tree.placeOf([...path, bound]);
    return tree.replaced(withValue(tree.value, start, is[bound]), start, source);
  }, after);
}

interface Replicas {
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

/** Null where the section is not a start with its bounds. */
function replicasAt(tree: Tree, path: Path): Replicas | null {
  const [initial, min, max] = ['initial', 'min', 'max'].map((key) => valueAt(tree, [...path, key]));
  return typeof initial === 'number' && typeof min === 'number' && typeof max === 'number' && min <= max
    ? { initial, min, max }
    : null;
}

function isInside({ initial, min, max }: Replicas): boolean {
  return initial >= min && initial <= max;
}
