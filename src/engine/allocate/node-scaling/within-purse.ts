import type { Rule } from '../../../domain/decision.js';
import type { Purse } from './purse.js';

/** Nodes of a pool that are asked for at present. */
interface Asked {
  readonly minNodes: number;
  readonly specNodes: number;
}

/**
 * Pays for the growth of a pool to `wanted` nodes, as far as there is money; a pool's minimum is paid at any rate. Answers with the rule
 * that cut it short; null where all is paid, or nothing grows.
 */
export function withinPurse(
  { minNodes, specNodes }: Asked,
  wanted: number,
  nodePerHour: number,
  purse: Purse,
): Rule | null {
  const free = Math.max(specNodes, Math.min(wanted, minNodes));
  purse.spend(Math.max(0, free - specNodes), nodePerHour);
  const more = wanted - free;
  if (more <= 0) return null;
  const { leftPerHour } = purse;
  const paid = Math.min(more, purse.machines(nodePerHour));
  purse.spend(paid, nodePerHour);
  if (paid === more) return null;
  return { rule: 'budget', before: wanted, after: free + paid, numbers: { leftPerHour, nodePerHour } };
}
