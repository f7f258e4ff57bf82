import type { RunSeries } from '../../domain/run-result.js';
import type { ChartPlan } from './chart-plan.js';
import { omittedNote, perEntityLines } from './per-entity-lines.js';
import { entitiesOf, seriesColumn } from './series-column.js';

/** Share of the time for which programs stood still to be collected; without lines where nothing has a JVM. */
export function gcChart(series: RunSeries): ChartPlan {
  const entities = entitiesOf(series, 'workload').filter(({ columns }) => Object.hasOwn(columns, 'gcPausedShare'));
  const drawn = perEntityLines(entities, 'linear', (entity) => seriesColumn(series, entity, 'gcPausedShare'));
  return {
    id: 'gc',
    title: 'Time paused in garbage collection',
    lookAt: `Every request on board waits for so much of the time; it grows as the heap has less room beside what is live.${omittedNote(drawn)}`,
    unit: 'share',
    axis: 'share of time',
    scale: 'linear',
    lines: drawn.lines,
    references: [],
    events: [],
  };
}
