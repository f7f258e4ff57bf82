import type { RunResult, ThresholdOutcome } from '../../domain/run-result.js';
import { meets, type Threshold } from '../scenario/parse-threshold.js';

/** Judges the conditions of a scenario; one whose number the result does not have (no request was served) is not met. */
export function judgeThresholds(
  thresholds: readonly Threshold[],
  result: Omit<RunResult, 'thresholds'>,
): readonly ThresholdOutcome[] {
  return thresholds.map((threshold) => {
    const value = numberAt(result, threshold.path);
    return { threshold: threshold.text, value, met: value !== null && meets(threshold, value) };
  });
}

/** The number at a path of keys, or null where there is none; counts by reason that did not occur are 0. */
function numberAt(result: Omit<RunResult, 'thresholds'>, path: readonly string[]): number | null {
  let value: unknown = result;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = new Map<string, unknown>(Object.entries(value)).get(key);
  }
  if (value === undefined && path[0] === 'decisions') return 0;
  return typeof value === 'number' ? value : null;
}
