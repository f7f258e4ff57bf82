import type { Micros } from '../kernel/micros.js';

/** A probe of a container, in the words of Kubernetes. */
export interface ProbeSpec {
  /** Probes due earlier than this after the container's start are left out. */
  readonly initialDelayMicros: Micros;
  readonly periodMicros: Micros;
  /** An answer that takes longer is a failure. */
  readonly timeoutMicros: Micros;
  /** Failures in a row until it counts. */
  readonly failureThreshold: number;
  /** CPU time that answering it takes, in microseconds of a core of speed 1; absent means none. */
  readonly cpuMicros?: Micros;
}

/** The readiness probe. Without a `failureThreshold` a pod that is ready stays so for as long as its container runs. */
export interface ReadinessSpec {
  readonly periodMicros: Micros;
  /** Successes in a row until ready: Kubernetes' successThreshold. */
  readonly rise: number;
  readonly initialDelayMicros?: Micros;
  readonly timeoutMicros?: Micros;
  /** Failures in a row until unready. */
  readonly failureThreshold?: number;
  /** CPU time that answering it takes, in microseconds of a core of speed 1; absent means none. */
  readonly cpuMicros?: Micros;
}
