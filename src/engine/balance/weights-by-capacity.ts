import { z } from 'zod';
import { sameSplit, type TrafficSplit } from '../../domain/balance/traffic-split.js';
import type { EngineWorkload } from '../../domain/engine-config.js';
import type { BalanceInput, BalancePod, BalancePolicyDefinition, BalanceProposal } from '../ports/balance-policy.js';
import { endpointsOf } from './endpoints-of.js';
import { normalisedWeights } from './normalised-weights.js';

/** Shares in proportion to the CPU that a pod may use times the speed of its machine: what each could serve if CPU were all that counts. */
export const weightsByCapacity: BalancePolicyDefinition = {
  name: 'weights-by-capacity',
  description:
    "Shares in proportion to a pod's CPU limit (or request, where it has none) times the speed of its machine.",
  schema: z.strictObject({
    by: z
      .enum(['limit', 'request'])
      .default('limit')
      .meta({ description: 'What a pod can use: its CPU limit (its request where it has none), or its request.' }),
  }),
  commands: () => ({ split: 'pod' }),
  create(config) {
    const { by } = zConfig.parse(config);
    return { decide: (input) => decide(input, by) };
  },
};

const zConfig = z.object({ by: z.enum(['limit', 'request']) });

function decide({ pods, workload, split: before }: BalanceInput, by: 'limit' | 'request'): BalanceProposal {
  const endpoints = endpointsOf(pods);
  if (endpoints.length === 0) return { split: null, revisions: null, rules: [], reason: 'no-endpoints' };
  const capacities = new Map(endpoints.map((pod) => [pod.view.name, cpuOf(pod, workload, by) * pod.cpuSpeed]));
  const split: TrafficSplit = { by: 'pod', weights: normalisedWeights(capacities) };
  const amounts = [...capacities.values()];
  const numbers = { leastMillis: Math.min(...amounts), mostMillis: Math.max(...amounts), by };
  const changed = !sameSplit(before, split);
  return {
    split,
    revisions: null,
    rules: [{ rule: 'capacity', numbers }],
    reason: changed ? 'rebalanced' : 'balanced',
  };
}

/** Thousandths of a core; pods that nothing is known of count alike. */
function cpuOf({ view }: BalancePod, workload: EngineWorkload, by: 'limit' | 'request'): number {
  const { resources } = view;
  const request = resources === undefined ? workload.cpuRequestMillis : resources.cpuRequestMillis;
  const limit = resources === undefined ? (workload.cpuLimitMillis ?? null) : resources.cpuLimitMillis;
  const cpu = by === 'limit' ? (limit ?? request) : request;
  return cpu !== null && cpu > 0 ? cpu : UNKNOWN_MILLIS;
}

const UNKNOWN_MILLIS = 1000;
