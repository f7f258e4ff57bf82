import type { NodePoolSpec, WorldSpec } from '../../domain/world-spec.js';

/** What a run takes for granted about nodes and machines whose number changes; that none does, where it is so. */
export function machineAssumptions({
  nodePools,
  workloads,
  faults,
}: Pick<WorldSpec, 'nodePools' | 'workloads' | 'faults'>): readonly string[] {
  const elastic = nodePools.filter((pool) => pool.elastic !== undefined);
  if (elastic.length === 0) return ['Nodes are a fixed pool: none is added or removed by the engine.'];
  const stock = faults.some(({ kind }) => kind === 'capacityShortage') ? 'only in a capacity shortage' : 'never';
  const groups = elastic.flatMap(({ workload }) => (workload === undefined ? [] : [workload]));
  return [
    `A machine is paid for from when it runs until it is terminated, by the started second and for at least a minute; machines are ${stock} out of stock, and are terminated at once when nothing is on them.`,
    `Machines that nobody has named are taken out in this order: not in service yet, of the oldest image, with the fewest pods, the oldest. The pods of a node that is taken out are evicted all at once, each with its grace, ${budgets(workloads)}.`,
    ...(groups.length === 0
      ? []
      : [
          `The process of a machine of ${groups.join(', ')} leaves the balancer and drains as a pod does: its grace is the deregistration delay.`,
        ]),
    ...ofWarmPools(elastic),
    ...ofRefreshes(elastic),
  ];
}

function budgets(workloads: WorldSpec['workloads']): string {
  const held = workloads.flatMap(({ name, disruptionBudget }) => (disruptionBudget === undefined ? [] : [name]));
  return held.length === 0
    ? 'without disruption budgets'
    : `but for those of ${held.join(', ')} that a disruption budget holds, which are asked for again every 5 s`;
}

function ofWarmPools(pools: readonly NodePoolSpec[]): readonly string[] {
  return pools.some(({ elastic }) => elastic?.warmPool !== undefined)
    ? [
        'Warm pools are full at the start, are refilled at once, and take nothing back; the disk of a machine is paid for only while it is stopped.',
      ]
    : [];
}

function ofRefreshes(pools: readonly NodePoolSpec[]): readonly string[] {
  return pools.some(({ elastic }) => elastic?.refresh !== undefined)
    ? [
        'An instance refresh looks at machines, not at their processes: what a process takes to start has to be in its bake time.',
      ]
    : [];
}
