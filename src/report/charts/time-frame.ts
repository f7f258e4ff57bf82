import type { RunReport } from '../../domain/run-result.js';
import type { Episode } from './chart-plan.js';

/** The stretch of time that all charts of a page share, and what is shaded in it. */
export interface TimeFrame {
  /** Calendar instant of second 0 of the run, in milliseconds since 1970-01-01T00:00Z. */
  readonly originMs: number;
  /** First and last instant drawn, in seconds since the start of the run; the warm-up is negative. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly episodes: readonly Episode[];
}

/** The frame of a run with the given episodes, the run's faults that last, and its warm-up where there is one. */
export function timeFrame(
  { series, result, episodes: faults = [] }: RunReport,
  episodes: readonly Episode[],
): TimeFrame {
  const fromSeconds = Math.min(0, series.steps === 0 ? 0 : series.startSeconds[0]);
  const end = series.steps === 0 ? 0 : series.startSeconds[series.steps - 1] + series.stepSeconds;
  const warmUp = fromSeconds < 0 ? [{ fromSeconds, toSeconds: 0, label: 'warm-up, not counted' }] : [];
  const toSeconds = Math.max(end, result.durationSeconds);
  return {
    originMs: Date.parse(result.originIso),
    fromSeconds,
    toSeconds,
    episodes: [...warmUp, ...faults, ...episodes].map((one) => ({
      ...one,
      toSeconds: Math.min(one.toSeconds, toSeconds),
    })),
  };
}
