import type { RunReport, SeriesTable } from '../../domain/run-result.js';
import { movedLabel } from '../explain/reason-label.js';
import type { ChartEvent, ChartPlan } from './chart-plan.js';
import { seriesColumn } from './series-column.js';

/** Load against capacity of one workload, with its scaling actions. */
export function loadChart(report: RunReport, workload: SeriesTable, id: string): ChartPlan {
  const { series } = report;
  return {
    id,
    title: `Load against capacity: ${workload.entity}`,
    lookAt: 'Where the load rises above the capacity of the ready pods, requests queue, slow down or fail.',
    unit: 'rate',
    axis: 'requests per second',
    scale: 'linear',
    lines: [
      {
        name: 'offered load',
        colour: 'demand',
        dash: 'solid',
        shape: 'linear',
        values: seriesColumn(series, workload, 'offeredPerSecond'),
      },
      {
        name: 'capacity of ready pods',
        colour: 'capacity',
        dash: 'dashed',
        shape: 'step',
        values: seriesColumn(series, workload, 'capacityPerSecond'),
      },
    ],
    references: [],
    events: scalingEvents(report, workload.entity),
  };
}

function scalingEvents(report: RunReport, workload: string): readonly ChartEvent[] {
  return report.events
    .filter((event) => event.workload === workload)
    .map(({ atSeconds, from, to, reason }) => ({
      atSeconds,
      direction: to > from ? 'up' : 'down',
      text: `${from} -> ${to} pods (${movedLabel(reason)})`,
    }));
}
