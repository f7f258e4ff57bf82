import type { EgressKind } from './network-spec.js';

/** Traffic between places after the warm-up. */
export interface NetworkResult {
  /** Sent across each kind of border, in 10^9 bytes; of traffic with the internet only what leaves. */
  readonly gigabytes: Readonly<Record<EgressKind, number>>;
  readonly usd: Readonly<Record<EgressKind, number>>;
  /** How often messages were sent again after a loss. */
  readonly retransmissions: number;
}
