/** The same run under other arrival models, everything else the same; by model, the run's own included. */
export interface ArrivalSensitivity {
  /** The run's own model, a key of the others. */
  readonly own: string;
  readonly p99Ms: Readonly<Record<string, number | null>>;
  readonly violatedShare: Readonly<Record<string, number>>;
}
