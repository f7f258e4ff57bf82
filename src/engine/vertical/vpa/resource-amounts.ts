/** What VPA recommends amounts of. */
export type VpaResource = 'cpu' | 'memory';

/** All of them, in the order in which they are explained. */
export const vpaResources = ['cpu', 'memory'] as const satisfies readonly VpaResource[];

/** Whole thousandths of a core of CPU, whole bytes of memory; absent where there is none or it is not controlled. */
export type ResourceAmounts = Readonly<Partial<Record<VpaResource, number>>>;

/** The largest amount there is. */
export const maxAmount = 1e14;

/** An amount of a real number: cut off to a whole one, between 0 and the largest there is. What is not a number is nothing. */
export function amountOf(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.trunc(Math.min(maxAmount, Math.max(0, value)));
}

/** Thousandths of a core of a number of cores. */
export function cpuAmountOf(cores: number): number {
  return amountOf(cores * 1000);
}

/** An amount multiplied and cut off. */
export function scaleAmount(amount: number, factor: number): number {
  return amountOf(amount * factor);
}

/** The next multiple of `step` that is not below the amount; the amount itself where the step is not above 0. */
export function roundUpAmount(amount: number, step: number): number {
  return step > 0 ? Math.ceil(amount / step) * step : amount;
}

/** Every amount there is, changed by a function. */
export function mapAmounts(
  amounts: ResourceAmounts,
  change: (amount: number, resource: VpaResource) => number,
): ResourceAmounts {
  const changed: Partial<Record<VpaResource, number>> = {};
  for (const resource of vpaResources) {
    const amount = amounts[resource];
    if (amount !== undefined) changed[resource] = change(amount, resource);
  }
  return changed;
}
