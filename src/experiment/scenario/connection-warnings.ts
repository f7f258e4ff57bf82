import { clientsOf } from '../../domain/clients-of.js';
import type { WorkloadSpec, WorldSpec } from '../../domain/world-spec.js';
import type { SourceTree } from './source-tree.js';

/** Balancers and clients that do not go together: connections nobody balances by, and balancers that count what nobody keeps. */
export function connectionWarnings(world: WorldSpec, tree: SourceTree): readonly string[] {
  return world.workloads.flatMap((workload) => {
    const { name, balancer } = workload;
    const clients = clientsOf(world, name);
    const keeping = clients.filter(({ connections }) => connections !== undefined).length;
    const path = ['workloads', name, 'balancer'];
    if (balancer.per !== 'connection') {
      if (keeping === 0) return [];
      const problem = 'chooses for every request, so that the connections its clients keep have no effect';
      return [tree.warning(path, `${problem} (per: connection would change that)`)];
    }
    if (keeping === clients.length || !counts(workload)) return [];
    const kept = 'counts only connections that are kept, and some of its clients open one for every request';
    return [tree.warning(path, kept)];
  });
}

function counts({ balancer }: WorkloadSpec): boolean {
  return balancer.policy === 'least-connections' || balancer.policy === 'power-of-two';
}
