/** Sums of counters over a window miss whole thousandths by a hair, and one thousandth too many can be a pod too many. */
const HAIR = 1e-6;

/** Thousandths round up, as Kubernetes' Quantity.MilliValue. */
export function wholeMilli(milli: number): number {
  return Math.ceil(milli - HAIR);
}
