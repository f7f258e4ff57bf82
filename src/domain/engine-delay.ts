/**
 * What the engine's part of a shortage consisted of, in seconds, on average over the shortages that pods ended; the parts add up to `total`.
 */
export interface EngineDelayParts {
  readonly total: number;
  /** From the beginning of the shortage until a scrape that was read after it. */
  readonly scrape: number;
  /** From the scrape until the engine could see it. */
  readonly lag: number;
  /** From then until the tick that decided on it. */
  readonly tick: number;
  /** Metrics showed the time since the shortage and asked for too little: means over a window, shares that end at 100%. */
  readonly metric: number;
  /** Enough was wanted, or nothing known, and something held it back: by reason of the decision. */
  readonly held: Readonly<Record<string, number>>;
}
