import type { Measurement } from '../../domain/measurement.js';
import type { SeriesTable } from '../../domain/run-result.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { columnOf } from './step-times.js';

/**
 * A measurement in which the load of a workload that consumes a queue is what was published. What it took is no load: it never takes
 * more than it can do, however much waits.
 */
export function withPublishedLoad(measurement: Measurement, { workloads }: Pick<WorldSpec, 'workloads'>): Measurement {
  const queueOf = new Map(workloads.map(({ name, consumes }) => [name, consumes?.queue]));
  const { series } = measurement;
  const tables = series.tables.map((table): SeriesTable => {
    const queue = table.kind === 'workload' ? queueOf.get(table.entity) : undefined;
    if (queue === undefined) return table;
    const offeredPerSecond = columnOf(series, 'queue', queue, 'publishedPerSecond');
    return { ...table, columns: { ...table.columns, offeredPerSecond } };
  });
  return { ...measurement, series: { ...series, tables } };
}
