/**
 * At one instant time-outs come first (they have lanes of their own), then what activators hold, then ends of patience, then retries, then users
 * who come, leave and ask; then jobs that may be delivered again, those that reach their pod, the handing
 * out of what came back, pods that ask for jobs, and publications.
 */
export const TIMER = {
  activator: 0,
  patience: 1,
  retry: 2,
  population: 3,
  asks: 4,
  jobVisible: 5,
  jobArrived: 6,
  jobOffered: 7,
  jobAsked: 8,
  jobPublished: 9,
} as const;
