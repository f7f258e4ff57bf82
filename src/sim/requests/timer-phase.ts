/**
 * At one instant time-outs come first (they have lanes of their own), then what activators hold, then ends of patience, then retries, then users
 * who come, leave and ask. */
export const TIMER = { activator: 0, patience: 1, retry: 2, population: 3, asks: 4 } as const;
