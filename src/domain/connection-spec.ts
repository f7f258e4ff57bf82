import type { Micros } from '../kernel/micros.js';

/** The connections that a client keeps to a balancer. Requests share them (as HTTP/2 does): none waits for a connection. */
export interface ConnectionPoolSpec {
  /** Connections of one client: of a traffic source, or of each process that calls. */
  readonly size: number;
  /** Age at which a connection is closed, give or take a tenth; null keeps it for ever. */
  readonly maxAgeMicros: Micros | null;
  /** Requests after which a connection is closed; null means no limit. */
  readonly maxRequests: number | null;
}
