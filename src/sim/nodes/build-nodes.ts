import type { NodePoolSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import { Node } from './node.js';

/** The nodes of all fixed pools, pool by pool; the first of each pool are ready at the start, those that join later are not there yet. */
export function buildNodes(pools: readonly NodePoolSpec[], start: Micros): Node[] {
  const fixed = pools.filter(({ elastic }) => elastic === undefined);
  return fixed.flatMap((pool) =>
    Array.from({ length: pool.count }, (_, ordinal) => {
      const node = new Node(pool, ordinal);
      if (ordinal < (pool.joining?.initial ?? pool.count)) node.join(start);
      return node;
    }),
  );
}
