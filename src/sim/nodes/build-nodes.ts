import type { NodePoolSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import { Node } from './node.js';

/** The nodes of all fixed pools, pool by pool; they are ready at the start. */
export function buildNodes(pools: readonly NodePoolSpec[], readyAt: Micros): Node[] {
  return pools.flatMap((pool) => Array.from({ length: pool.count }, (_, ordinal) => new Node(pool, ordinal, readyAt)));
}
