import type { EngineConfig, EngineNodeOffer, EngineNodePool } from '../../domain/engine-config.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { nodeOffers } from './node-offers.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';

/**
 * The pools whose number of nodes the engine may change, and what decides about them: each by a policy of its own, or those that have
 * none by the node autoscaler. Pools of workloads follow from their replicas. Throws InputError where the autoscaler has no pool.
 */
export function resolveNodeScaling(
  scenario: Scenario,
  { nodePools }: Pick<WorldSpec, 'nodePools'>,
  tree: SourceTree,
): Pick<EngineConfig, 'nodePools' | 'nodeScaler'> {
  const { nodeAutoscaler, seed } = scenario;
  const alone: EngineNodePool[] = [];
  const together: EngineNodeOffer[] = [];
  nodeOffers(scenario).forEach(({ scaling: policy, nodePool }, i) => {
    const { name, cpuMillis, memoryMiB, maxPods, elastic, instanceType, pricePerHour, zone, labels, taints } =
      nodePools[i];
    if (elastic === undefined) return;
    const marks = { ...(labels === undefined ? {} : { labels }), ...(taints === undefined ? {} : { taints }) };
    const pool = { name, cpuMillis, memoryMiB, maxPods, minNodes: elastic.min, maxNodes: elastic.max, ...marks };
    if (nodeAutoscaler === undefined || policy.name !== 'fixed') alone.push({ ...pool, policy });
    else {
      const reserved = reservedOf(scenario, i);
      together.push({
        ...{ ...pool, instanceType, pricePerHour, nodePool },
        ...(reserved === null ? {} : { reserved }),
        ...(zone === undefined ? {} : { zone }),
      });
    }
  });
  if (nodeAutoscaler !== undefined && together.length === 0) {
    tree.reject(
      ['nodeAutoscaler'],
      'must have a pool whose number of nodes it may change, had none',
      'Give a pool of nodes count: { min: 1, max: 10 }, without a scaling of its own.',
    );
  }
  return {
    ...(alone.length === 0 ? {} : { nodePools: alone }),
    ...(nodeAutoscaler === undefined ? {} : { nodeScaler: { ...nodeAutoscaler, seed, pools: together } }),
  };
}

/** What is taken of a node of an offer before pods of workloads come; null where nothing is. */
function reservedOf(scenario: Scenario, offer: number): EngineNodeOffer['reserved'] | null {
  const { neighbours } = nodeOffers(scenario)[offer];
  const daemons = Object.values(scenario.daemonSets);
  if (daemons.length + neighbours.length === 0) return null;
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  return {
    cpuMillis: sum([...daemons.map(({ cpu }) => cpu), ...neighbours.map(({ request }) => request)]),
    memoryMiB: sum(daemons.map(({ memory }) => memory)),
  };
}
