import type { Micros } from '../kernel/micros.js';

/** What holds the requests of a workload back while it has no endpoint, and forwards them once it has. */
export interface ActivatorSpec {
  /** Requests that it holds at most; further ones are rejected. */
  readonly capacity: number;
  /** A request held for so long is rejected. */
  readonly timeoutMicros: Micros;
  /** From the first endpoint until what is held goes on. */
  readonly latencyMicros: Micros;
}
