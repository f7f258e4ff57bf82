import type { SeriesTable } from '../../domain/run-result.js';
import type { ChartColour, LinePlan } from './chart-plan.js';
import { peakOf } from './series-column.js';

const COLOURS: readonly ChartColour[] = ['other1', 'other2', 'other3', 'other4', 'other5', 'other6'];
const DASHES = { workload: 'solid', dependency: 'dashed', service: 'solid', queue: 'solid', pool: 'solid' } as const;

/** Lines of several entities in one chart, and how many had to stay out. */
export interface EntityLines {
  readonly lines: readonly LinePlan[];
  readonly omitted: number;
}

/** A line an entity, workloads solid and dependencies dashed; where there are more than six, those with the highest peaks. */
export function perEntityLines(
  entities: readonly SeriesTable[],
  shape: LinePlan['shape'],
  valuesOf: (entity: SeriesTable) => Float64Array,
): EntityLines {
  const all = entities.map((entity) => ({ entity, values: valuesOf(entity) }));
  const highest = [...all].sort((a, b) => peakOf(b.values) - peakOf(a.values)).slice(0, COLOURS.length);
  const drawn = all.filter((candidate) => highest.includes(candidate));
  const lines = drawn.map(({ entity, values }, index): LinePlan => {
    const name = entity.kind === 'dependency' ? `${entity.entity} (dependency)` : entity.entity;
    return { name, colour: COLOURS[index], dash: DASHES[entity.kind], shape, values };
  });
  return { lines, omitted: all.length - drawn.length };
}

/** A sentence on the entities that had to stay out; empty where none had to. */
export function omittedNote({ lines, omitted }: EntityLines): string {
  return omitted === 0
    ? ''
    : ` Only the ${lines.length} with the highest peaks are drawn; ${omitted} more are in series.parquet.`;
}
