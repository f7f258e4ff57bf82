import type { WorldSpec } from '../../domain/world-spec.js';
import { needsGate } from '../../sim/balancing/needs-gate.js';
import type { SourceTree } from './source-tree.js';

/** Throws InputError where balancers would have to watch attempts over a network, of which each would know part of the time only. */
export function rejectWatchedNetwork(world: WorldSpec, tree: SourceTree): void {
  if (world.network === undefined) return;
  const watched = world.workloads.find((workload) => needsGate(world, workload));
  if (watched === undefined) return;
  tree.reject(
    ['workloads', watched.name],
    'must not have outlier ejection, circuit breakers, several balancers that count loads, load shedding, shares by latency, faults of errors or retries elsewhere where messages take time',
    'Leave out network: and faults of the network, or what watches attempts.',
  );
}
