import { clientsOf } from '../../domain/clients-of.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import type { SourceTree } from './source-tree.js';

/** Settings of balancers, clients and queues that have no effect beside others. */
export function balancerWarnings(world: WorldSpec, tree: SourceTree): readonly string[] {
  return world.workloads.flatMap(({ name, balancer, pod }) => {
    const { concurrency, maxQueueDelayMicros } = pod.serving;
    const elsewhere = clientsOf(world, name).some(({ retry }) => retry?.elsewhere === true);
    return [
      ...(maxQueueDelayMicros !== undefined && concurrency === Infinity
        ? [
            tree.warning(
              ['workloads', name, 'pod', 'queue'],
              'has a maxDelay but never a request in it: give pods a concurrency',
            ),
          ]
        : []),
      ...(elsewhere && balancer.per === 'connection'
        ? [
            tree.warning(
              ['workloads', name, 'balancer'],
              'chooses once for every connection, so that retries elsewhere take whatever connection is next',
            ),
          ]
        : []),
    ];
  });
}
