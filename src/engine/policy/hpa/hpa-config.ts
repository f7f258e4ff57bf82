import type { Micros } from '../../../kernel/micros.js';
import type { HpaBehavior } from './hpa-behavior.js';
import type { HpaMetric } from './hpa-metric.js';

/**
 * Which Kubernetes is reproduced: the head of 2026, or v1.20, which scaled down on part of the metrics, stabilized one side
 * only, forgot the other direction's events in rate policies and filled missing pods with their request alone.
 */
export type HpaSemantics = 'head' | '1.20';

/** Feature gates that change what the algorithm does. */
export interface HpaGates {
  /** HPAConfigurableTolerance: tolerances of `behavior` count. */
  readonly configurableTolerance: boolean;
  /** PodLevelResources: requests of the pod as a whole go before its containers'. */
  readonly podLevelResources: boolean;
  /** HPAScaleToZero: remember whether it was us who scaled to zero. */
  readonly scaleToZero: boolean;
}

/** Settings of a horizontal pod autoscaler and of the controller that runs it. */
export interface HpaSettings {
  readonly semantics: HpaSemantics;
  readonly metrics: readonly HpaMetric[];
  /** Null takes the older path: one window for scale-down, and at most doubling. */
  readonly behavior: HpaBehavior | null;
  /** Fraction of the target that counts as being on target. */
  readonly tolerance: number;
  readonly syncPeriodMicros: Micros;
  readonly downscaleStabilizationMicros: Micros;
  /** How long after its start a pod's CPU may be that of starting up. */
  readonly cpuInitializationMicros: Micros;
  /** A pod that was not ready so long after its start has never been ready. */
  readonly initialReadinessDelayMicros: Micros;
  /** One step without `behavior`: up to `factor` times the replicas, or to `minimum` where that is more. */
  readonly scaleUpLimit: { readonly factor: number; readonly minimum: number };
  readonly gates: HpaGates;
}

/** Settings together with the bounds of the workload; whole numbers, 0 or more. */
export interface HpaConfig extends HpaSettings {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}
