/** How a ScaledJob works out how many jobs it may create. */
export type JobStrategy =
  | { readonly kind: 'default' | 'accurate' | 'eager' }
  | {
      readonly kind: 'custom';
      /** Taken off the queue's length. */
      readonly queueLengthDeduction: number;
      /** Share of the running jobs that counts; null where it is not given, which makes it the default strategy. */
      readonly runningJobShare: number | null;
    };

/** Jobs as they are, whole numbers. */
export interface JobCounts {
  /** Jobs that the triggers ask for, at most. */
  readonly maxScale: number;
  readonly running: number;
  /** Of the running ones, those whose pods have not started. */
  readonly pending: number;
  readonly maxReplicas: number;
  readonly scaleTo: number;
}

/** How many jobs may be created (below 1: none), and how many are wanted. */
export interface JobScale {
  readonly maxScale: number;
  readonly scaleTo: number;
}

/**
 * How many jobs may be created now.
 *
 * Source: kedacore/keda pkg/scaling/executor/scale_jobs.go, GetEffectiveMaxScale of each strategy.
 */
export function effectiveMaxScale(strategy: JobStrategy, counts: JobCounts): JobScale {
  const { maxScale, running, pending, maxReplicas, scaleTo } = counts;
  switch (strategy.kind) {
    case 'custom': {
      const { queueLengthDeduction, runningJobShare } = strategy;
      if (runningJobShare === null) return { maxScale: maxScale - running, scaleTo };
      const wanted = maxScale - queueLengthDeduction - Math.trunc(running * runningJobShare);
      return { maxScale: Math.min(wanted, maxReplicas), scaleTo };
    }
    case 'accurate':
      return {
        maxScale: maxScale + running - pending > maxReplicas ? maxReplicas - running : maxScale - pending,
        scaleTo,
      };
    case 'eager':
      return { maxScale: Math.min(maxReplicas - running - pending, maxScale), scaleTo: maxReplicas };
    default:
      return { maxScale: maxScale - running, scaleTo };
  }
}

/** The same with a least number of jobs, which are created without asking a trigger and do not count against the others. */
export function jobScale(strategy: JobStrategy, counts: JobCounts, minReplicas: number): JobScale {
  const { running } = counts;
  if (running < minReplicas) return { maxScale: minReplicas - running, scaleTo: minReplicas - running };
  return effectiveMaxScale(strategy, { ...counts, running: running - minReplicas });
}
