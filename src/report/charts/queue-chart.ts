import type { RunSeries } from '../../domain/run-result.js';
import type { ChartPlan } from './chart-plan.js';
import { omittedNote, perEntityLines } from './per-entity-lines.js';
import { entitiesOf, peakOf, seriesColumn } from './series-column.js';

/** An empty chart must not look like a broken one. */
const NOTHING_WAITED =
  'Nothing waited at the end of any step; where requests share the CPU of their pod they slow down instead of queueing.';

/** Requests that wait for a worker, at the end of each step. */
export function queueChart(series: RunSeries): ChartPlan {
  const entities = [...entitiesOf(series, 'workload'), ...entitiesOf(series, 'dependency')];
  const drawn = perEntityLines(entities, 'linear', (entity) => seriesColumn(series, entity, 'queue'));
  const waited = drawn.lines.some(({ values }) => peakOf(values) > 0);
  return {
    id: 'queue',
    title: 'Requests waiting for a worker',
    lookAt: `${waited ? 'The queue that grows first stands in front of the bottleneck.' : NOTHING_WAITED}${omittedNote(drawn)}`,
    unit: 'count',
    axis: 'requests waiting',
    scale: 'linear',
    lines: drawn.lines,
    references: [],
    events: [],
  };
}
