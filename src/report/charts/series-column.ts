import type { RunSeries, SeriesTable } from '../../domain/run-result.js';

/** A column of an entity, or nothing but NaN where the entity lacks it. */
export function seriesColumn(series: RunSeries, entity: SeriesTable | undefined, column: string): Float64Array {
  const found = entity !== undefined && Object.hasOwn(entity.columns, column) ? entity.columns[column] : undefined;
  return found ?? new Float64Array(series.steps).fill(NaN);
}

/** The entities of a kind in the order of the run. */
export function entitiesOf(series: RunSeries, kind: SeriesTable['kind']): readonly SeriesTable[] {
  return series.tables.filter((entity) => entity.kind === kind);
}

/** The largest finite value, or 0 where there is none. */
export function peakOf(values: Float64Array): number {
  return values.reduce((peak, value) => (value > peak ? value : peak), 0);
}

/** Every value divided by the length of a step: counts a step become rates a second. */
export function perSecond(series: RunSeries, counts: Float64Array): Float64Array {
  return counts.map((count) => count / series.stepSeconds);
}
