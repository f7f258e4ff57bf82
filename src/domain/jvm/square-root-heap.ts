/** What the square-root rule weighs against each other. */
export interface SquareRootLoad {
  readonly liveMiB: number;
  /** Rate at which the heap's room is filled, in MiB a second: what grows old where there are generations. */
  readonly fillMiBPerSecond: number;
  readonly traceMiBPerCpuSecond: number;
  /** CPU-seconds a second that one MiB of heap is worth: the larger, the smaller the heap. */
  readonly cpuPerMiB: number;
}

/**
 * The heap at which one more MiB saves as much CPU as it is worth: L + sqrt(L * g / (c * s)), in MiB.
 *
 * With one `c` for all processes no other division of memory collects less in total, and none need know of the others.
 * Source: Kirisame, Shenoy, Panchekha, OOPSLA 2022, doi 10.1145/3563323 (MemBalancer).
 */
export function squareRootHeap(load: SquareRootLoad): number {
  const { liveMiB, fillMiBPerSecond, traceMiBPerCpuSecond, cpuPerMiB } = load;
  return liveMiB + Math.sqrt((liveMiB * fillMiBPerSecond) / (cpuPerMiB * traceMiBPerCpuSecond));
}
