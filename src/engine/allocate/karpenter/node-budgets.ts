import { LastOccurrence } from '../../../domain/schedule/last-occurrence.js';
import type { ScalingInput } from '../../ports/scaling-input.js';
import type { DisruptionReason, NodeBudget } from './settings.js';

/** How many nodes of each NodePool may be disrupted now for a reason, as Karpenter's `BuildDisruptionBudgetMapping`. */
export class NodeBudgets {
  private readonly budgets: readonly { readonly budget: NodeBudget; readonly last: LastOccurrence | null }[];

  constructor(budgets: readonly NodeBudget[]) {
    this.budgets = budgets.map((budget) => ({
      budget,
      last: budget.schedule === undefined ? null : new LastOccurrence(budget.schedule),
    }));
  }

  /**
   * What is left, by NodePool: of the nodes that have come up, less those that are not well or going already. `disrupting` names
   * nodes that are about to go besides.
   */
  left(input: ScalingInput, reason: DisruptionReason, disrupting: ReadonlySet<string>): Map<string, number> {
    const nodePools = new Map(input.pools.map(({ name, nodePool }) => [name, nodePool]));
    const counts = new Map<string, { nodes: number; going: number }>();
    for (const nodePool of nodePools.values()) counts.set(nodePool, { nodes: 0, going: 0 });
    for (const { name, pool, readyAt, leaving, unhealthySince } of input.nodes) {
      const count = counts.get(nodePools.get(pool) ?? '');
      if (count === undefined || readyAt === null) continue;
      count.nodes += 1;
      if (leaving || unhealthySince !== null || disrupting.has(name)) count.going += 1;
    }
    const epochMicros = input.originEpochMicros + input.now;
    return new Map(
      [...counts].map(([nodePool, { nodes, going }]) => [
        nodePool,
        Math.max(0, this.allowed(nodes, reason, epochMicros) - going),
      ]),
    );
  }

  private allowed(nodes: number, reason: DisruptionReason, epochMicros: number): number {
    const inForce = this.budgets.filter(
      ({ budget, last }) => (budget.reasons?.includes(reason) ?? true) && isActive(budget, last, epochMicros),
    );
    return Math.min(...inForce.map(({ budget }) => limitOf(budget.nodes, nodes)));
  }
}

function isActive({ duration }: NodeBudget, last: LastOccurrence | null, epochMicros: number): boolean {
  if (last === null || duration === undefined) return true;
  const began = last.before(epochMicros);
  return began !== null && epochMicros - began < duration;
}

/** A share is rounded up, so that a budget above none never blocks everything. */
function limitOf(limit: number | string, nodes: number): number {
  const text = String(limit);
  return text.endsWith('%') ? Math.ceil((Number(text.slice(0, -1)) * nodes) / 100) : Number(text);
}
