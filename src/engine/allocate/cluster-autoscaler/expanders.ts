import type { ScalingInput } from '../../ports/scaling-input.js';
import type { Expander, ExpansionOption } from './expansion-option.js';
import { leastNodes } from './least-nodes.js';
import { leastWaste } from './least-waste.js';
import { mostPods } from './most-pods.js';
import { preferredNode } from './preferred-node.js';
import { priceExpander } from './price-expander.js';
import { priorityExpander } from './priority-expander.js';
import type { ClusterAutoscalerSettings } from './settings.js';

/** The pod that damps the ratio of prices: half a core and 500 MiB, as the cluster autoscaler's. */
const STABILIZATION_POD = { cpuMillis: 500, memoryMiB: 500 };

/** The expanders that the settings name, in their order; `random` judges nothing, so that chance decides. */
export function expandersOf(settings: ClusterAutoscalerSettings, { nodes }: ScalingInput): readonly Expander[] {
  const { expander, priorities } = settings;
  const made: Readonly<Record<Exclude<typeof expander, readonly unknown[]>, () => Expander>> = {
    'least-waste': () => leastWaste,
    'most-pods': () => mostPods,
    'least-nodes': () => leastNodes,
    price: () => byPrice(settings, nodes.length),
    priority: () =>
      priorityExpander(
        priorities.map((p) => ({ priority: p.priority, pools: p.pools.map((text) => new RegExp(text)) })),
      ),
    random: () => (options) => options,
  };
  return (typeof expander === 'string' ? [expander] : expander).map((name) => made[name]());
}

function byPrice(settings: ClusterAutoscalerSettings, clusterNodes: number): Expander {
  const price = ({ cpuMillis, memoryMiB }: { readonly cpuMillis: number; readonly memoryMiB: number }): number =>
    (cpuMillis / 1000) * settings.podCpuPricePerHour + (memoryMiB / 1024) * settings.podMemoryPricePerGiBHour;
  return priceExpander({
    preferredCpuMillis: preferredNode(clusterNodes).cpuMillis,
    podsPrice: ({ pods }: ExpansionOption) => pods.reduce((sum, { requirements }) => sum + price(requirements), 0),
    stabilizationPrice: price(STABILIZATION_POD),
  });
}
