import type { RunSeries, RevisionTraffic } from '../../domain/run-result.js';
import { columnOf } from './step-times.js';

/** What balancers sent to each revision of a workload's pods after the warm-up; null where they do not count it. */
export function revisionSummary(series: RunSeries, workload: string): readonly RevisionTraffic[] | null {
  const table = series.tables.find(({ kind, entity }) => kind === 'workload' && entity === workload);
  const columns = Object.keys(table?.columns ?? {}).filter((name) => /^toRevision\d+$/.test(name));
  if (columns.length === 0) return null;
  return columns.map((name) => {
    const counts = columnOf(series, 'workload', workload, name);
    const sent = counts.reduce((sum, count, i) => (series.startSeconds[i] >= 0 ? sum + count : sum), 0);
    return { revision: Number(name.slice('toRevision'.length)), sent };
  });
}
