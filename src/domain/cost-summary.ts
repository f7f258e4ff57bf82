/** Money in USD, without the warm-up. */
export interface CostSummary {
  readonly total: number;
  readonly perHour: number;
  readonly perMillionRequests: number | null;
  readonly byKind: {
    readonly onDemand: number;
    readonly spot: number;
    readonly reserved: number;
    readonly egress: number;
    readonly balancer: number;
    readonly other: number;
  };
  /** What was allowed an hour, and what was spent at most at the end of a step; absent where money was no object. */
  readonly budget?: { readonly perHour: number; readonly peakPerHour: number };
  /** What the same time would have cost otherwise, by name, as 'fixedAtPeak'. */
  readonly baselines: Readonly<Record<string, number>>;
}
