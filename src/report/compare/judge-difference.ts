import type { MetricComparison } from '../../domain/comparison.js';

/** Below this share a difference of a single pair is not worth a word. */
const WORTH_A_WORD = 0.01;

/** What a difference means: a word, and whether it is certain enough to be stressed. */
export interface Judgement {
  readonly word: 'better' | 'worse' | 'differs' | '';
  /** Whether the interval of several pairs leaves out 0; never for one pair. */
  readonly stressed: boolean;
}

/** Judges a difference. With several pairs only one whose interval leaves out 0 gets a word; with one pair, one of 1% or more; between different worlds none. */
export function judgeDifference(metric: MetricComparison, sameWorld: boolean): Judgement {
  if (!sameWorld) return { word: '', stressed: false };
  const { significant, relative, difference, better } = metric;
  const real = significant ?? (difference !== 0 && Math.abs(relative ?? 1) >= WORTH_A_WORD);
  if (!real) return { word: '', stressed: false };
  const stressed = significant === true;
  if (better === null) return { word: stressed ? 'differs' : '', stressed };
  return { word: difference < 0 === (better === 'lower') ? 'better' : 'worse', stressed };
}
