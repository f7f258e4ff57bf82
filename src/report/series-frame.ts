import { type ColumnTable, table } from 'arquero';
import type { RunSeries, SeriesTable } from '../domain/run-result.js';

/**
 * The series of a run as one tidy table: a row for every step and entity, entities in the order of the run.
 *
 * Columns: startSeconds, entity, kind, then every metric that any entity has; null where the entity has no such metric or no value.
 */
export function seriesFrame(series: RunSeries): ColumnTable {
  const metrics = [...new Set(series.tables.flatMap(({ columns }) => Object.keys(columns)))];
  const perEntity = <T>(cells: (entity: SeriesTable) => readonly T[]): T[] => {
    const column: T[] = [];
    for (const entity of series.tables) for (const cell of cells(entity)) column.push(cell);
    return column;
  };
  const same = <T>(value: T): readonly T[] => new Array<T>(series.steps).fill(value);
  const starts = [...series.startSeconds];
  return table([
    ['startSeconds', perEntity(() => starts)],
    ['entity', perEntity(({ entity }) => same(entity))],
    ['kind', perEntity(({ kind }) => same<string>(kind))],
    ...metrics.map((metric): [string, (number | null)[]] => [
      metric,
      perEntity((entity) => cellsOf(entity, metric, series.steps)),
    ]),
  ]);
}

function cellsOf(entity: SeriesTable, metric: string, steps: number): readonly (number | null)[] {
  if (!Object.hasOwn(entity.columns, metric)) return new Array<null>(steps).fill(null);
  return Array.from(entity.columns[metric], (value) => (Number.isNaN(value) ? null : value));
}
