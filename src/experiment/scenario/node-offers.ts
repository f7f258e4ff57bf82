import type { NodePoolSection } from './infrastructure-schema.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

/** One type of machine of a section of `nodes`: what becomes one pool. */
export interface NodeOffer extends Omit<NodePoolSection, 'types'> {
  readonly type: string;
  /** Where in `nodes` it was written. */
  readonly index: number;
  /** Where its type was written. */
  readonly typePath: Path;
  /** Name of what all types of the section belong to. */
  readonly nodePool: string;
}

/** The pools that the sections of `nodes` become, in order: one for each type. Sections must have been checked. */
export function nodeOffers({ nodes }: Pick<Scenario, 'nodes'>): readonly NodeOffer[] {
  return nodes.flatMap(({ types, ...section }, index): NodeOffer[] => {
    const { name, count } = section;
    if (types === undefined) {
      const { type = '' } = section;
      return [{ ...section, type, index, typePath: ['nodes', index, 'type'], nodePool: name ?? type }];
    }
    return types.map((type, i): NodeOffer => {
      const others = i === 0 || typeof count === 'number' ? count : { min: 0, max: count.max };
      const typePath = ['nodes', index, 'types', i];
      const named = name === undefined ? {} : { name: `${name}/${type}` };
      return { ...section, ...named, type, count: others, index, typePath, nodePool: name ?? types[0] };
    });
  });
}

/** Throws InputError where a section has no type, or says of several what can be said of one alone. */
export function checkOffers({ nodes, nodeAutoscaler }: Scenario, tree: SourceTree): void {
  nodes.forEach(({ type, types, price, count, scaling }, i) => {
    const path = ['nodes', i];
    if (types === undefined) {
      if (type === undefined)
        tree.reject([...path, 'type'], 'must be given, was missing', 'Say which, as aws/m5.xlarge.');
      return;
    }
    if (type !== undefined) tree.reject([...path, 'type'], 'must not be given beside types', 'Move it into types.');
    if (price !== undefined) {
      tree.reject([...path, 'price'], 'must not be given beside types', 'Write a pool for each type that has a price.');
    }
    if (nodeAutoscaler === undefined || typeof count === 'number' || scaling.name !== 'fixed') {
      const problem = 'must not be given unless nodeAutoscaler chooses among them';
      tree.reject(
        [...path, 'types'],
        problem,
        'Give nodeAutoscaler: { policy: karpenter } and count: { min: 0, max: 10 }, without a scaling of its own.',
      );
    }
  });
}
