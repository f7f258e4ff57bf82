import type { RunResult, ThresholdOutcome } from '../../domain/run-result.js';
import { meets, type Threshold } from '../scenario/parse-threshold.js';
import { resultNumber } from './result-number.js';

/** Judges the conditions of a scenario; one whose number the result does not have (no request was served) is not met. */
export function judgeThresholds(
  thresholds: readonly Threshold[],
  result: Omit<RunResult, 'thresholds' | 'answer'>,
): readonly ThresholdOutcome[] {
  return thresholds.map((threshold) => {
    const value = resultNumber(result, threshold.path);
    return { threshold: threshold.text, value, met: value !== null && meets(threshold, value) };
  });
}
