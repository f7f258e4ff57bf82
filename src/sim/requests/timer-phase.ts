/** At one instant time-outs come first (they have lanes of their own), then ends of patience, then retries. */
export const TIMER = { patience: 1, retry: 2 } as const;
