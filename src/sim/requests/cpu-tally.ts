/** What became of the CPU time of all pods of a workload since the start, in one typed array that their stations add to. */
export type CpuTally = Float64Array;

/** Periods of a quota in which a pod had threads that could run. */
export const PERIODS = 0;
/** Of those, the ones in which they were stopped. */
export const THROTTLED = 1;
/** Time for which pods were stopped, in microseconds. */
export const STOPPED = 2;
/** CPU time that threads could have used and a full node did not give, in microseconds. */
export const WITHHELD = 3;

/** A tally at nothing. */
export function noCpuTally(): CpuTally {
  return new Float64Array(4);
}
