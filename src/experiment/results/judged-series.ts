import type { Measurement } from '../../domain/measurement.js';
import type { RunSeries, SeriesTable } from '../../domain/run-result.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { costPerHour } from './bill.js';
import type { Demand } from './pods-demand.js';
import type { StepTimes } from './step-times.js';

/** The series of a measurement with the columns that need judgement: demand, capacity and cost. */
export function judgedSeries(
  measurement: Measurement,
  world: WorldSpec,
  times: StepTimes,
  demands: ReadonlyMap<string, Demand>,
): RunSeries {
  const tables = measurement.series.tables.map((table): SeriesTable => {
    if (table.kind === 'service') return withColumns(table, { costPerHour: costPerHour(measurement, world, times) });
    const demand = table.kind === 'workload' ? demands.get(table.entity) : undefined;
    return demand === undefined ? table : withColumns(table, { ...demand });
  });
  return { ...measurement.series, tables };
}

function withColumns(table: SeriesTable, columns: SeriesTable['columns']): SeriesTable {
  return { ...table, columns: { ...table.columns, ...columns } };
}
