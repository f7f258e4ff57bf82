import type { NodePlan } from '../../domain/scheduling/node-plan.js';

/** Fewer are never enough. */
const LEAST = 100;

/**
 * The nodes that a pod may go to, as far as the scheduler looks: in a large cluster it is content with some, and goes on for the next pod
 * where it stopped. Among up to a hundred nodes it looks at all, from the first on.
 *
 * Source: Kubernetes, pkg/scheduler/schedule_one.go, findNodesThatPassFilters and numFeasibleNodesToFind, with percentageOfNodesToScore 0.
 */
export class NodeSearch {
  private nodes: readonly NodePlan[] = [];
  private from = 0;

  /** Looks among these from now on. */
  over(nodes: readonly NodePlan[]): void {
    this.nodes = nodes;
  }

  /** Enough nodes that pass, in the order in which they are looked at; fewer only where there are no more. */
  fitting(passes: (node: NodePlan) => boolean): NodePlan[] {
    const { nodes } = this;
    const enough = enoughOf(nodes.length);
    const from = enough < nodes.length ? this.from : 0;
    const found: NodePlan[] = [];
    let looked = 0;
    for (; looked < nodes.length && found.length < enough; looked += 1) {
      const node = nodes[(from + looked) % nodes.length];
      if (passes(node)) found.push(node);
    }
    this.from = nodes.length === 0 ? 0 : (from + looked) % nodes.length;
    return found;
  }
}

/** Half of the nodes less a percent for every 125 of them, but at least a twentieth, and a hundred. */
function enoughOf(nodes: number): number {
  const percent = Math.max(5, 50 - Math.floor(nodes / 125));
  return Math.min(nodes, Math.max(LEAST, Math.floor((nodes * percent) / 100)));
}
