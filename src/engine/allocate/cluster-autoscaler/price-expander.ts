import { type Expander, type ExpansionOption, leastBy } from './expansion-option.js';
import { unfitness } from './preferred-node.js';

/** What things cost, as far as the expander must know. */
export interface PriceView {
  /** Cores of the node that suits the cluster, in thousandths. */
  readonly preferredCpuMillis: number;
  /** What the requests of an option's pods would cost, in USD an hour. */
  readonly podsPrice: (option: ExpansionOption) => number;
  /** Price of a pod of 0.5 cores and 500 MiB, which damps the ratio where pods cost little. */
  readonly stabilizationPrice: number;
}

/**
 * The options whose money is spent best: the price of the nodes over that of the pods, times how ill their size suits the cluster,
 * which matters less the more nodes there are. As the cluster autoscaler's price expander, without GPUs and pools yet to be created.
 */
export function priceExpander(view: PriceView): Expander {
  return (options) => leastBy(options, (option) => priceScore(option, view));
}

/** The figure that the price expander makes least. */
export function priceScore(option: ExpansionOption, view: PriceView): number {
  const { nodeCount, node, pricePerHour } = option;
  const { stabilizationPrice } = view;
  const ratio = (pricePerHour * nodeCount + stabilizationPrice) / (view.podsPrice(option) + stabilizationPrice);
  const unfit = unfitness({ cpuMillis: view.preferredCpuMillis }, node);
  return ((unfit - 1) * (1 - Math.tanh((nodeCount - 1) / 15)) + 1) * ratio;
}
