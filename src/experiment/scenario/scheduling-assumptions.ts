import { needsConstraints } from '../../domain/needs-constraints.js';
import type { WorldSpec } from '../../domain/world-spec.js';

/** What a run takes for granted about the scheduler where pods ask for more than room, or go before others. */
export function schedulingAssumptions(world: Pick<WorldSpec, 'workloads' | 'nodePools'>): readonly string[] {
  if (!needsConstraints(world)) return [];
  const { workloads } = world;
  const priorities = new Set(workloads.map(({ scheduling }) => scheduling?.priority ?? 0));
  const held = workloads.filter(({ headroom }) => headroom === true).map(({ name }) => name);
  return [
    'The scheduler filters and scores nodes as its default profile does, without images, without default spread constraints, and with the first of equal nodes; taints never change.',
    ...(priorities.size === 1
      ? []
      : [
          'A pod that fits nowhere drives out pods of lower priority after a look at a hundred nodes or a tenth of them, which have their grace; it is tried again as soon as there may be room, without a back-off.',
        ]),
    ...(held.length === 0
      ? []
      : [`Pods of ${held.join(', ')} use nothing, start and go at once, and count for no quota.`]),
  ];
}
