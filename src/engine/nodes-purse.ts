import type { Budget } from '../domain/engine-config.js';
import { Purse } from './allocate/node-scaling/purse.js';
import type { NodePools } from './collect/node-pools.js';

/**
 * What a budget leaves for more nodes at a tick. Nodes asked for are paid, whether or not they are there; so are those that leave until
 * they are gone, and machines that are replicas, as many as `replicas` says for their pool.
 */
export function nodesPurse(budget: Budget | undefined, pools: NodePools, replicas: ReadonlyMap<string, number>): Purse {
  const purse = new Purse(budget?.perHour ?? Infinity);
  if (budget === undefined) return purse;
  purse.spend(1, budget.standingPerHour + budget.fixedNodesPerHour);
  const leaving = pools.all().filter(({ draining }) => draining);
  for (const [pool, price] of Object.entries(budget.machines)) {
    purse.spend(replicas.get(pool) ?? pools.specNodes(pool) ?? 0, price);
    purse.spend(leaving.filter((node) => node.pool === pool).length, price);
  }
  return purse;
}
