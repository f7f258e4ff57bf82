import type { Node } from './node.js';
import type { PodSize } from './pod-size.js';

/**
 * The node a pod is placed on: of those it fits, the freest afterwards, the first where several are; null where it fits on none.
 *
 * Kubernetes adds scores for spreading over zones and for images, and draws among equals; here the order of the nodes decides.
 */
export function chooseNode(nodes: readonly Node[], size: PodSize): Node | null {
  let best: Node | null = null;
  let bestShare = -1;
  for (const node of nodes) {
    if (!node.fits(size)) continue;
    const share = node.freeShareWith(size);
    if (share <= bestShare) continue;
    best = node;
    bestShare = share;
  }
  return best;
}

/** Why a pod fits on no node, in the words of the Kubernetes scheduler; a node may lack several things. */
export function whyNowhere(nodes: readonly Node[], size: PodSize): string {
  const known = nodes.filter((node) => !node.lost);
  const open = known.filter((node) => !node.cordoned);
  const lacks = [
    { what: 'Insufficient cpu', count: open.filter((node) => !node.hasCpu(size)).length },
    { what: 'Insufficient memory', count: open.filter((node) => !node.hasMemory(size)).length },
    { what: 'Too many pods', count: open.filter((node) => !node.hasPlace()).length },
    { what: 'node(s) low on memory', count: open.filter((node) => node.keepsOff(size)).length },
    { what: 'node(s) were unschedulable', count: known.length - open.length },
  ].filter(({ count }) => count > 0);
  const list = lacks.map(({ what, count }) => `${count} ${what}`).join(', ');
  return `0/${known.length} nodes are available${list === '' ? '' : `: ${list}`}`;
}
