import type { Measurement } from '../../domain/measurement.js';
import type { WorstMinutes } from '../../domain/run-result.js';
import { columnOf, type StepTimes } from './step-times.js';
import { worstWindow } from './worst-window.js';

const FIVE_MINUTES = 300;

/** The five minutes with the most requests that failed or came too late, without empty rows at their ends; null where there were none. */
export function worstMinutes({ series }: Measurement, times: StepTimes): WorstMinutes | null {
  const column = (name: string): Float64Array => columnOf(series, 'service', '', name);
  const window = worstWindow(times, column('violated'), FIVE_MINUTES);
  if (window === null) return null;
  const sum = (name: string): number =>
    column(name)
      .subarray(window.from, window.to)
      .reduce((total, value) => total + (Number.isFinite(value) ? value : 0), 0);
  const last = window.to - 1;
  return {
    fromSeconds: times.startSeconds[window.from],
    toSeconds: times.startSeconds[last] + times.lengthSeconds[last],
    offered: sum('offered'),
    violated: sum('violated'),
  };
}
