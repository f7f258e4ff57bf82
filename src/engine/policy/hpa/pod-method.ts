import type { Invalid } from './invalid.js';

/** Usage of some pods against the target. */
export interface PodMeasure {
  /** Usage through target: 1 is on target. */
  readonly ratio: number;
  /** Usage in the unit of the target, whole. */
  readonly current: number;
  /** Usage of a pod on average in thousandths, whole. */
  readonly averageMilli: number;
}

/** How usage of pods is held against a target: as a share of their requests, or as a plain value. */
export interface PodMethod {
  readonly target: number;
  measure(milliByPod: ReadonlyMap<string, number>): PodMeasure | Invalid;
  /** What a pod without a sample is taken to use while the others ask for fewer pods: so much that it does not help them. */
  fillOnScaleDown(pod: string): number;
  /** The same in words. */
  readonly fillText: string;
  /** Whether pods without a sample count as idle also when the others are exactly on target. */
  readonly fillsOnTarget: boolean;
  /** Whether a change of the number of counted pods alone may not turn the direction around. */
  readonly guardsCount: boolean;
}
