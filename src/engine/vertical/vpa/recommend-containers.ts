import type { Rule } from '../../../domain/decision.js';
import { type VpaResource, amountOf, cpuAmountOf, scaleAmount, type ResourceAmounts } from './resource-amounts.js';
import type { UsageHistory } from './usage-history.js';
import type { ResourceEstimators, VpaEstimators } from './vpa-estimators.js';
import { withMinimum } from './with-minimum.js';

/** What a container is to request, and between which bounds it is left alone. */
export interface AmountsRecommended {
  readonly target: ResourceAmounts;
  readonly lower: ResourceAmounts;
  readonly upper: ResourceAmounts;
}

/** How the amounts of one container came about, by resource and amount. */
export type AmountRules = Readonly<
  Partial<Record<VpaResource, Readonly<Record<'target' | 'lower' | 'upper', readonly Rule[]>>>>
>;

/** A container's recommendation before any policy, with its reasons. */
export interface ContainerEstimate extends AmountsRecommended {
  readonly rules: AmountRules;
}

/** A container to recommend for. */
export interface ContainerHistory {
  readonly history: UsageHistory;
  readonly controlledResources: readonly VpaResource[];
}

/** The least that all containers of a pod get together. */
export interface PodMinimum {
  readonly cpuMillis: number;
  /** In MiB. */
  readonly memoryMiB: number;
}

/**
 * Recommends for every container of a pod; the pod's minimum is shared out equally among them.
 *
 * Source: VPA, podResourceRecommender. `estimators` say what one container needs, without the minimum.
 */
export function recommendContainers(
  containers: ReadonlyMap<string, ContainerHistory>,
  estimators: VpaEstimators,
  minimum: PodMinimum,
): ReadonlyMap<string, ContainerEstimate> {
  const part = 1 / containers.size;
  const least: Readonly<Record<VpaResource, number>> = {
    cpu: scaleAmount(cpuAmountOf(minimum.cpuMillis * 0.001), part),
    memory: scaleAmount(amountOf(minimum.memoryMiB * 1024 * 1024), part),
  };
  const names = [...containers.keys()].sort();
  return new Map(
    names.flatMap((name) => {
      const container = containers.get(name);
      return container === undefined ? [] : [[name, recommendOne(container, estimators, least)] as const];
    }),
  );
}

function recommendOne(
  { history, controlledResources }: ContainerHistory,
  estimators: VpaEstimators,
  least: Readonly<Record<VpaResource, number>>,
): ContainerEstimate {
  const target: Partial<Record<VpaResource, number>> = {};
  const lower: Partial<Record<VpaResource, number>> = {};
  const upper: Partial<Record<VpaResource, number>> = {};
  const rules: Partial<Record<VpaResource, Record<keyof ResourceEstimators, readonly Rule[]>>> = {};
  for (const resource of controlledResources) {
    const of = (which: keyof ResourceEstimators) => withMinimum(least[resource], estimators[resource][which])(history);
    const [wanted, low, high] = [of('target'), of('lower'), of('upper')];
    target[resource] = wanted.amount;
    lower[resource] = low.amount;
    upper[resource] = high.amount;
    rules[resource] = { target: wanted.rules, lower: low.rules, upper: high.rules };
  }
  return { target, lower, upper, rules };
}
