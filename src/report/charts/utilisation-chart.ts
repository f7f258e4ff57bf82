import type { RunSeries } from '../../domain/run-result.js';
import type { ChartPlan } from './chart-plan.js';
import { omittedNote, perEntityLines } from './per-entity-lines.js';
import { entitiesOf, peakOf, seriesColumn } from './series-column.js';

const NOTICED = 1.05;
const ABOVE = ' Above 100% pods use more CPU than they request, as far as their limit and their neighbours let them.';

/** How busy everything was: CPU of each workload against its request, and each dependency's workers. */
export function utilisationChart(series: RunSeries): ChartPlan {
  const entities = [...entitiesOf(series, 'workload'), ...entitiesOf(series, 'dependency')];
  const drawn = perEntityLines(entities, 'linear', (entity) =>
    seriesColumn(series, entity, entity.kind === 'workload' ? 'cpuUtilisation' : 'utilisation'),
  );
  const over = drawn.lines.some(({ values }) => peakOf(values) > NOTICED);
  return {
    id: 'utilisation',
    title: 'How busy workloads and dependencies were',
    lookAt: `A dependency at 100% is a wall that more pods cannot move; a workload far below its target is paid for and idle.${over ? ABOVE : ''}${omittedNote(drawn)}`,
    unit: 'share',
    axis: '% of CPU request or workers',
    scale: 'linear',
    lines: drawn.lines,
    references: [{ label: '100%', value: 1 }],
    events: [],
  };
}
