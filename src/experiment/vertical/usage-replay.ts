import type { VerticalAmounts } from '../../engine/vertical/vpa/vertical-amounts.js';
import type { Micros } from '../../kernel/micros.js';

/** What a container has. */
export interface Allotment {
  readonly request: VerticalAmounts;
  readonly limit: VerticalAmounts;
}

/** A recommendation from the instant at which it first differed from the one before. */
export interface ReplayedRecommendation {
  readonly at: Micros;
  readonly target: VerticalAmounts;
  readonly lower: VerticalAmounts;
  readonly upper: VerticalAmounts;
}

/** A change of what the container has. */
export interface ReplayedUpdate {
  readonly at: Micros;
  readonly action: 'evict' | 'resize';
  readonly cause: string;
  readonly from: VerticalAmounts;
  readonly to: VerticalAmounts;
}

/** A kill for memory: more was used than the limit. */
export interface ReplayedOom {
  readonly at: Micros;
  readonly usedMiB: number;
  readonly limitMiB: number;
}

/** How an allotment fared against the recording. Means are over the time that samples cover. */
export interface UsageFit {
  readonly coveredHours: number;
  /** Share of the time in which more CPU was used than the limit allows. */
  readonly throttledShare: number;
  /** Share of the CPU used that the limit would have withheld. */
  readonly cpuWithheldShare: number;
  readonly oomKills: number;
  /** Share of the time in which CPU, or memory, was above its request: taken from the node's spare. */
  readonly cpuAboveRequestShare: number;
  readonly memoryAboveRequestShare: number;
  /** Requested and not used, on average. */
  readonly cpuSlackMillis: number;
  readonly memorySlackMiB: number;
  readonly meanCpuRequestMillis: number;
  readonly meanMemoryRequestMiB: number;
}

/** What VPA would have done along a recording. */
export interface UsageReplay {
  readonly series: string;
  readonly recommendations: readonly ReplayedRecommendation[];
  readonly updates: readonly ReplayedUpdate[];
  readonly ooms: readonly ReplayedOom[];
  /** With VPA. */
  readonly fit: UsageFit;
  /** With what the container had at first, unchanged. */
  readonly unchanged: UsageFit;
  readonly notes: readonly string[];
}
