import type { WorldSpec } from '../../domain/world-spec.js';
import { needsGate } from '../../sim/balancing/needs-gate.js';

/** What a run takes for granted about the network. */
export function networkAssumptions(world: WorldSpec): readonly string[] {
  const zoned = world.workloads.filter(({ balancer }) => balancer.topology === 'prefer-zone').map(({ name }) => name);
  return [
    ...(world.network === undefined
      ? ['Network time is zero, except where an endpoint lag is given; messages have a size but cost no time.']
      : [
          'A message takes half of its round trip each way, whatever its size; connections are open already. Clients meet the balancer beside its pods after half of theirs, and pods choose before they send.',
          'A lost message is sent again after 200 ms, then after twice as long each time up to 2 min, and given up after 15 times; a caller who gives up says so, and a server that stops does so when it hears of it.',
          ...(world.workloads.some((workload) => needsGate(world, workload))
            ? [
                'Balancers learn of the end of an attempt when word of it is back, or at its time-out, and count what they have in flight until then; those of a workload are shared by its callers in all zones.',
              ]
            : []),
          ...(world.network.prices === null
            ? []
            : [
                'Traffic is billed at one price for each border, without tiers or free allowances; what is sent again is not billed.',
              ]),
        ]),
    ...(zoned.length === 0
      ? []
      : [
          `Callers of ${zoned.join(', ')} keep to their own zone as long as it has an endpoint, however busy; clients outside have no zone.`,
        ]),
  ];
}
