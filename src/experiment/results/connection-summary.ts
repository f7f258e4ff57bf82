import type { ConnectionSummary, RunSeries } from '../../domain/run-result.js';
import { columnOf } from './step-times.js';

/** What became of the connections to a workload after the warm-up. */
export function connectionSummary(series: RunSeries, workload: string): ConnectionSummary {
  const counted = (name: string): Float64Array =>
    columnOf(series, 'workload', workload, name).filter((_, i) => series.startSeconds[i] >= 0);
  const reached = counted('podsReached');
  return {
    opened: sum(counted('connectionsOpened')),
    closedByPods: sum(counted('connectionsClosedByPods')),
    podsReached: { min: Math.min(...reached), max: Math.max(...reached) },
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
