import type { JvmSizing } from './jvm-start.js';
import type { NonHeap } from './jvm-memory.js';

/** Collectors whose habits are known. */
export type CollectorName = 'Serial' | 'Parallel' | 'G1' | 'ZGC';

/** The JVM in a pod's container. */
export interface JvmSpec {
  readonly sizing: JvmSizing;
  /** All regions outside the heap, when full. */
  readonly nonHeap: NonHeap;
  /** Memory that stays reachable when no request is on board, in MiB. */
  readonly liveMiB: number;
  /** The same of a request, from when it comes on board until it leaves. */
  readonly livePerRequestMiB: number;
  /** What requests allocate for each CPU-second that they use. */
  readonly allocationMiBPerCpuSecond: number;
  /** Share of it that outlives a young collection. */
  readonly promotedShare: number;
  /** Size of the young generation, or its share of the heap. */
  readonly young: { readonly mib: number } | { readonly share: number };
  readonly traceMiBPerCpuSecond: number;
  /** Absent means the one that HotSpot picks when it starts. */
  readonly collector?: CollectorName;
  /** Share of a collection of the whole heap for which the program stands still; absent means the collector's own. */
  readonly stoppedShare?: number;
}
