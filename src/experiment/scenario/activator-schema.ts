import { z } from 'zod';
import type { ActivatorSpec } from '../../domain/activator-spec.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { zDuration, zPositiveDuration } from '../../domain/quantity.js';
import { needsGate } from '../../sim/balancing/needs-gate.js';
import type { SourceTree } from './source-tree.js';

/** What holds requests of a workload that has no endpoint. */
export const activatorSchema = z
  .strictObject({
    capacity: z.number().int().min(1).max(1_000_000).prefault(1000).meta({
      description: 'Requests that it holds at most; further ones are rejected.',
    }),
    timeout: zPositiveDuration.prefault('5m').meta({ description: 'A request held for so long is rejected.' }),
    latency: zDuration.prefault('0s').meta({
      description: 'From the first endpoint until what is held goes on.',
    }),
  })
  .optional()
  .meta({
    description:
      'Holds requests while the workload has no endpoint, and lets all of them go on with the first, whatever its queue takes; without it they are rejected.',
  });

/** The activator of a section; nothing where it has none. */
export function activatorOf(section: z.output<typeof activatorSchema>): { readonly activator?: ActivatorSpec } {
  if (section === undefined) return {};
  const { capacity, timeout, latency } = section;
  return { activator: { capacity, timeoutMicros: timeout, latencyMicros: latency } };
}

/** Throws InputError where an activator would stand before balancers that do more than choose once for each request. */
export function rejectActivators(world: WorldSpec, tree: SourceTree): void {
  for (const workload of world.workloads) {
    if (workload.activator === undefined) continue;
    const watches = needsGate(world, workload) || workload.balancer.per === 'connection';
    if (!watches && world.network === undefined && workload.consumes === undefined) continue;
    tree.reject(
      ['workloads', workload.name, 'activator'],
      'must not stand before balancers that watch attempts or balance per connection, before a queue, nor in a world with a network',
      'Leave out the activator, or what it cannot be combined with.',
    );
  }
}
