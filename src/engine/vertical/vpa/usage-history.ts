/** What an estimator asks of the usage seen so far. */
export interface UsageHistory {
  /** CPU samples seen. */
  readonly samples: number;
  /** From the first to the last CPU sample. */
  readonly lifespanMicros: number;
  /** Cores of CPU, or bytes of the peaks of memory, that the given share of the weight does not exceed. */
  percentile(resource: 'cpu' | 'memory', share: number): number;
}
