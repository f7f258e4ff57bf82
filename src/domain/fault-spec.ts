import type { Micros } from '../kernel/micros.js';

interface From {
  readonly at: Micros;
}

interface During extends From {
  readonly durationMicros: Micros;
}

/** Pods vanish without warning: a number of them, or a share of those that run. Which ones is drawn by fault, not by time. */
export interface KillPods extends From {
  readonly kind: 'killPods';
  readonly workload: string;
  readonly pods: { readonly count: number } | { readonly share: number };
}

/** The containers of pods crash and are started again in place. */
export interface CrashPods extends From {
  readonly kind: 'crashPods';
  readonly workload: string;
  readonly pods: { readonly count: number } | { readonly share: number };
}

/** A node stops for good, with everything on it. */
export interface KillNode extends From {
  readonly kind: 'killNode';
  /** How many nodes. */
  readonly count: number;
}

/** No sample arrives. */
export interface MetricOutage extends During {
  readonly kind: 'metricOutage';
}

/** Samples arrive, but they are the last ones from before, with their old time stamps. */
export interface MetricFreeze extends During {
  readonly kind: 'metricFreeze';
}

/** Pods created meanwhile take `factor` times as long to start. */
export interface SlowStart extends During {
  readonly kind: 'slowStart';
  readonly workload: string;
  readonly factor: number;
}

/** Requests that a dependency begins to serve meanwhile take `factor` times as long. */
export interface SlowDependency extends During {
  readonly kind: 'slowDependency';
  readonly dependency: string;
  readonly factor: number;
}

/** A share of every pod's workers (or CPU) is lost meanwhile. */
export interface LoseCapacity extends During {
  readonly kind: 'loseCapacity';
  readonly workload: string;
  readonly share: number;
}

/** Something that goes wrong at a known time. */
export type FaultSpec =
  KillPods | CrashPods | KillNode | MetricOutage | MetricFreeze | SlowStart | SlowDependency | LoseCapacity;
