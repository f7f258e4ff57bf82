import { z } from 'zod';
import { zPositiveDuration, zShare } from '../../domain/quantity.js';
import type { BalancePolicyDefinition } from '../ports/balance-policy.js';
import { LatencyWeights, zLatencySettings } from './latency-weights.js';

const zPositiveShare = zShare.refine((share) => share > 0, { message: 'must be above 0%' });

/** The section as people write it. */
const schema = z
  .strictObject({
    halfLife: zPositiveDuration.prefault('60s').meta({
      description: 'Half-life of the moving average of the latency of a pod, which begins anew when weights change.',
    }),
    maxChange: zPositiveShare.prefault('20%').meta({
      description: 'A weight changes by at most this share of itself in a step.',
    }),
    floor: zPositiveShare.prefault('10%').meta({
      description:
        'No weight is aimed below this share of the mean weight, so that a pod that has recovered is noticed.',
    }),
    tolerance: zShare.prefault('10%').meta({
      description: 'A weight that is this near to what it should be, as a share of itself, stays.',
    }),
    minRequests: z.int().min(1).default(20).meta({
      description: 'Requests that must have left a pod since the last look before their mean counts.',
    }),
  })
  .transform(({ halfLife, ...rest }) => ({ halfLifeMicros: halfLife, ...rest }));

/**
 * Shares in inverse proportion to the mean time that requests are on board of each pod, as its balancers have counted it.
 *
 * Sources: Finagle's and Envoy's latency-aware balancing by moving averages; Application Load Balancers' automatic target weights, which
 * likewise take weight away step by step and never all of it; gRPC proposal A58, where an endpoint that nothing is known of counts as a mean one,
 * and what is reported of one that is new counts only after a blackout period, as here after a change.
 */
export const weightsByLatency: BalancePolicyDefinition = {
  name: 'weights-by-latency',
  description:
    "Shares in inverse proportion to each pod's mean latency at its balancers, in bounded steps and with a floor.",
  schema,
  commands: () => ({ split: 'pod', latency: true }),
  create: (config) => new LatencyWeights(zLatencySettings.parse(config)),
};
