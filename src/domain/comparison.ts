import type { ResultUnit } from './result-unit.js';

/** One number of two runs, or of two sets of runs paired by seed. */
export interface MetricComparison {
  /** Path in the result, as `latencyMs.p99`. */
  readonly name: string;
  readonly unit: ResultUnit;
  /** Which way is good; null where neither is. */
  readonly better: 'lower' | 'higher' | null;
  /** Means over the pairs. */
  readonly a: number;
  readonly b: number;
  /** Mean of b - a over the pairs. */
  readonly difference: number;
  /** Difference over the size of a; null where a is 0. */
  readonly relative: number | null;
  /** Ends of the 95% interval of the difference; null for one pair, which has no spread. */
  readonly low: number | null;
  readonly high: number | null;
  /** Whether the interval leaves out 0; null for one pair. */
  readonly significant: boolean | null;
  readonly pairs: number;
}

/** A setting that two scenarios do not share; null where it does not exist in one of them. */
export interface SettingDifference {
  readonly path: string;
  readonly a: string | null;
  readonly b: string | null;
}

/** What differs between the first run and another. */
export interface RunComparison {
  readonly name: string;
  readonly metrics: readonly MetricComparison[];
  readonly settings: readonly SettingDifference[];
  /** Whether both ran in the same world for the same time: only then is a difference better or worse. */
  readonly sameWorld: boolean;
  /** Why the two may not be comparable, a sentence each. */
  readonly warnings: readonly string[];
}

/** Several runs held against the first. */
export interface Comparison {
  readonly first: string;
  readonly others: readonly RunComparison[];
}
