/** Numbers of a workload as a whole that every collector knows, by name. */
export const workloadMetrics = [
  'requests_per_second',
  'errors_per_second',
  'queue_length',
  'in_flight',
  'queue_messages',
  'queue_age_seconds',
  'published_per_second',
] as const;
