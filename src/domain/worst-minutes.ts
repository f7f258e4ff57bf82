/** The five minutes with the most requests that failed or came too late, in seconds since the end of the warm-up. */
export interface WorstMinutes {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly offered: number;
  readonly violated: number;
  /** Instance refreshes that took machines out then or in the five minutes before; absent where there were none. */
  readonly refreshes?: readonly PoolRefresh[];
}

/** Machines of a pool that an instance refresh took out, and when the first and the last of them were gone, since the start of the run. */
export interface PoolRefresh {
  readonly pool: string;
  readonly machines: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}
