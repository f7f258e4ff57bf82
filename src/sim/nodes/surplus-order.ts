import type { Node } from './node.js';

type Rule = (a: Node, b: Node) => number;

/** Each puts the machine to take first in front; the first rule that tells two machines apart decides. */
const RULES: readonly Rule[] = [
  (a, b) => Number(a.state === 'ready') - Number(b.state === 'ready'),
  (a, b) => (a.state === 'ready' ? 0 : b.ordinal - a.ordinal),
  (a, b) => a.image - b.image,
  (a, b) => a.pods - b.pods,
  (a, b) => a.ordinal - b.ordinal,
];

/**
 * The order in which machines are taken where there are too many: those not in service yet, the newest first; then those of the oldest
 * image, those with the fewest pods, and the oldest.
 *
 * After EC2 Auto Scaling's default termination policy (oldest launch template, then closest to the end of a paid hour), with the number of
 * pods, which it does not know, before the age.
 */
export function surplusOrder(nodes: Iterable<Node>): Node[] {
  return [...nodes].sort((a, b) => {
    for (const rule of RULES) {
      const difference = rule(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}
