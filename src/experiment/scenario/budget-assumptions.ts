import type { Budget } from '../../domain/engine-config.js';

/** What a run takes for granted about its budget; nothing where it has none. */
export function budgetAssumptions(budget: Budget | undefined): readonly string[] {
  if (budget === undefined) return [];
  return [
    'Under the budget a pod costs what it requests of the dearest pool of nodes, at rates of CPU and memory in the proportion of those of OpenCost; what nobody requests of a node counts only when nodes are bought. Nodes that are there stay, and those that leave are paid until they have gone; traffic costs nothing under it.',
  ];
}
