import type { Micros } from '../../../kernel/micros.js';

/** What the metrics asked for at an earlier tick, before any window held it. */
export interface Recommendation {
  readonly replicas: number;
  readonly at: Micros;
}

/** A change of replicas that was carried out. */
export interface ScaleEvent {
  /** Pods added or removed, above 0. */
  readonly change: number;
  readonly at: Micros;
}

/** What an autoscaler remembers from tick to tick; plain data, so that it can be stored and compared. */
export interface HpaState {
  /** Null before the first tick, which begins the log with the replicas it finds. */
  readonly recommendations: readonly Recommendation[] | null;
  readonly scaleUpEvents: readonly ScaleEvent[];
  readonly scaleDownEvents: readonly ScaleEvent[];
  /** The condition ScaledToZero: there are no replicas because we asked for none. */
  readonly scaledToZero: boolean;
}

/** The memory before the first tick. */
export const initialHpaState: HpaState = {
  recommendations: null,
  scaleUpEvents: [],
  scaleDownEvents: [],
  scaledToZero: false,
};
