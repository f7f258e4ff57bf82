import type { Micros } from '../kernel/micros.js';

/** Values that the quantity stays below with the named probability, in the quantity's own unit. */
export interface Quantiles {
  readonly q05: number;
  readonly q50: number;
  readonly q90: number;
  readonly q95: number;
  readonly q99: number;
}

/** What is expected at one horizon; null where the forecaster says nothing about the quantity. */
export interface ForecastPoint {
  /** How far ahead of `generatedAt`. */
  readonly horizonMicros: Micros;
  /** Requests per second offered to the workload. */
  readonly rate: Quantiles | null;
  /** CPU used by all pods of the workload together, in thousandths of a core. */
  readonly cpuMillis: Quantiles | null;
  /** Memory used by all pods of the workload together, in MiB. */
  readonly memoryMiB: Quantiles | null;
}

/** A workload's expected load, or the reason why there is none. */
export interface Forecast {
  readonly model: string;
  readonly generatedAt: Micros;
  /** By increasing horizon; empty exactly when `abstained` is set. */
  readonly points: readonly ForecastPoint[];
  /** 0 (a guess) to 1 (has been right), or null where the forecaster does not judge itself. */
  readonly confidence: number | null;
  /** How unusual the newest observation is: 0 (ordinary) to 1, and whether that is past the detector's threshold; null without a detector. */
  readonly anomaly: { readonly score: number; readonly anomalous: boolean } | null;
  /** Why there is no forecast, as 'needs 2 samples, has 0'; null when there is one. */
  readonly abstained: string | null;
}

/** A forecast that says nothing, and why. */
export function abstain(model: string, generatedAt: Micros, reason: string): Forecast {
  return { model, generatedAt, points: [], confidence: null, anomaly: null, abstained: reason };
}
