import { z } from 'zod';
import { zDuration, zPositiveDuration } from '../../domain/quantity.js';
import type { HealthCheckSpec } from '../../domain/balance/balance-settings.js';
import type { BalancerSpec } from '../../domain/world-spec.js';
import { balancingFields, balancingOf } from './balancing-schema.js';
import { formatDuration } from './format-duration.js';
import type { SourceTree } from './source-tree.js';

const zPositiveCount = z.number().int().min(1).max(100_000);

/** Active health checks as people write them. */
export const healthSchema = z.strictObject({
  interval: zPositiveDuration.prefault('5s'),
  fall: zPositiveCount.prefault(3),
  rise: zPositiveCount.prefault(2),
});

/** The `balancer` section of a workload. */
export const balancerSchema = z
  .strictObject({
    policy: z
      .enum(['round-robin', 'random', 'least-connections', 'power-of-two'])
      .prefault('round-robin')
      .meta({ description: 'How it chooses among its endpoints.' }),
    weights: z
      .enum(['equal', 'cpu-speed'])
      .prefault('equal')
      .meta({ description: 'Share of an endpoint: the same for each, or by the CPU speed of the node behind it.' }),
    per: z.enum(['request', 'connection']).optional().meta({
      description:
        'Whether it chooses for every request (as if left out), as an HTTP proxy does, or once for every connection, as a Kubernetes Service does.',
    }),
    topology: z.enum(['any', 'prefer-zone']).optional().meta({
      description:
        "prefer-zone keeps to the endpoints of the caller's zone as long as it has any, as Kubernetes' trafficDistribution does; any (as if left out) chooses among all.",
    }),
    endpointLag: zDuration
      .prefault('1s')
      .meta({ description: 'From a change of a pod until the balancer routes by it.' }),
    health: healthSchema.optional().meta({ description: 'Active health checks; none if left out.' }),
    ...balancingFields,
  })
  .prefault({})
  .meta({ description: 'The balancer in front of the pods.' });

/** A `balancer` section as the simulator knows it. Throws InputError at what makes no sense. */
export function balancerOf(workload: string, section: z.output<typeof balancerSchema>, tree: SourceTree): BalancerSpec {
  const { policy, weights, per, topology, endpointLag, health, ...more } = section;
  rejectNonsense(['workloads', workload, 'balancer'], section, tree);
  return {
    policy,
    weights,
    ...(per === undefined ? {} : { per }),
    ...(topology === 'prefer-zone' ? { topology } : {}),
    endpointLagMicros: endpointLag,
    health: health === undefined ? null : healthOf(health),
    ...balancingOf(more),
  };
}

/** Turns health checks into what balancers need. */
export function healthOf({ interval, fall, rise }: z.output<typeof healthSchema>): HealthCheckSpec {
  return { intervalMicros: interval, fall, rise };
}

function rejectNonsense(path: readonly string[], section: z.output<typeof balancerSchema>, tree: SourceTree): void {
  const { per, outlierEjection, circuitBreaker } = section;
  for (const [key, given] of Object.entries({ outlierEjection, circuitBreaker })) {
    if (per !== 'connection' || given === undefined) continue;
    tree.reject(
      [...path, key],
      'must not be given where the balancer chooses once for every connection, as it does not see what becomes of requests',
      'Let it choose for every request (per: request), or take the section away.',
    );
  }
  if (outlierEjection === undefined) return;
  const { baseEjectionTime: base, maxEjectionTime: max } = outlierEjection;
  if (max >= base) return;
  tree.reject(
    [...path, 'outlierEjection'],
    `must have a maxEjectionTime of at least baseEjectionTime (${formatDuration(base)}), was ${formatDuration(max)}`,
    'Raise maxEjectionTime or lower baseEjectionTime.',
  );
}
