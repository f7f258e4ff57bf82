import type { BalancerSummary, RunSeries } from '../../domain/run-result.js';
import { columnOf } from './step-times.js';

/** What a workload's balancers and pods refused after the warm-up, beyond the length of queues; null where nothing of the kind can be. */
export function balancerSummary(series: RunSeries, workload: string): BalancerSummary | null {
  const table = series.tables.find(({ kind, entity }) => kind === 'workload' && entity === workload);
  if (table?.columns.ejected === undefined) return null;
  const counted = (name: string): Float64Array =>
    columnOf(series, 'workload', workload, name).filter((_, i) => series.startSeconds[i] >= 0);
  const sum = (name: string): number => counted(name).reduce((total, value) => total + value, 0);
  return {
    ejections: sum('ejections'),
    maxEjected: counted('ejected').reduce((most, value) => Math.max(most, value), 0),
    circuitOpen: sum('circuitOpen'),
    shed: sum('shed'),
    errored: sum('errored'),
  };
}
