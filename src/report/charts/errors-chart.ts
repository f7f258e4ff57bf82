import type { RunSeries } from '../../domain/run-result.js';
import type { ChartPlan } from './chart-plan.js';
import { entitiesOf, perSecond, seriesColumn } from './series-column.js';

/** Requests that failed or were too slow, each second. */
export function errorsChart(series: RunSeries): ChartPlan {
  const service = entitiesOf(series, 'service')[0];
  const rate = (column: string): Float64Array => perSecond(series, seriesColumn(series, service, column));
  return {
    id: 'errors',
    title: 'Requests that failed or came too late',
    lookAt:
      'Everything here spends the error budget. Too slow without failures means too few pods; rejections mean full queues or limits.',
    unit: 'rate',
    axis: 'requests per second',
    scale: 'linear',
    lines: [
      {
        name: 'failed or slower than the objective',
        colour: 'muted',
        dash: 'solid',
        shape: 'linear',
        values: rate('violated'),
      },
      { name: 'failed', colour: 'error', dash: 'solid', shape: 'linear', values: rate('failed') },
      { name: 'of these timed out', colour: 'other1', dash: 'dashed', shape: 'linear', values: rate('timedOut') },
      { name: 'of these rejected', colour: 'desired', dash: 'dotted', shape: 'linear', values: rate('rejected') },
    ],
    references: [],
    events: [],
  };
}
