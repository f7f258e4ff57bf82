import type { RunSeries, SeriesTable } from '../../domain/run-result.js';
import type { ChartPlan } from './chart-plan.js';
import { seriesColumn } from './series-column.js';

/** Pods of one workload: needed, asked for, ready. */
export function podsChart(series: RunSeries, workload: SeriesTable, id: string): ChartPlan {
  return {
    id,
    title: `Pods needed, asked for and ready: ${workload.entity}`,
    lookAt:
      'Ready below needed is a shortage; the gap from asked for to ready is start-up time; ready far above needed is money.',
    unit: 'pods',
    axis: 'pods',
    scale: 'linear',
    lines: [
      {
        name: 'needed for the objective',
        colour: 'demand',
        dash: 'dotted',
        shape: 'step',
        values: seriesColumn(series, workload, 'demandPods'),
      },
      {
        name: 'ready',
        colour: 'capacity',
        dash: 'solid',
        broad: true,
        shape: 'step',
        values: seriesColumn(series, workload, 'readyPods'),
      },
      {
        name: 'asked for',
        colour: 'desired',
        dash: 'dashed',
        shape: 'step',
        values: seriesColumn(series, workload, 'desiredPods'),
      },
    ],
    references: [],
    events: [],
  };
}
