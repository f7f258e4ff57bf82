import type { RunSeries } from '../../domain/run-result.js';
import type { ChartPlan } from './chart-plan.js';
import { omittedNote, perEntityLines } from './per-entity-lines.js';
import { entitiesOf, seriesColumn } from './series-column.js';

/** Requests that wait for a worker, at the end of each step. */
export function queueChart(series: RunSeries): ChartPlan {
  const entities = [...entitiesOf(series, 'workload'), ...entitiesOf(series, 'dependency')];
  const drawn = perEntityLines(entities, 'linear', (entity) => seriesColumn(series, entity, 'queue'));
  return {
    id: 'queue',
    title: 'Requests waiting for a worker',
    lookAt: `The queue that grows first stands in front of the bottleneck.${omittedNote(drawn)}`,
    unit: 'count',
    axis: 'requests waiting',
    scale: 'linear',
    lines: drawn.lines,
    references: [],
    events: [],
  };
}
