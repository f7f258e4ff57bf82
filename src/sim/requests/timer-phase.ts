/**
 * At one instant time-outs come first (they have lanes of their own), then ends of patience, then retries, then users who come,
 * leave and ask. */
export const TIMER = { patience: 1, retry: 2, population: 3, asks: 4 } as const;
