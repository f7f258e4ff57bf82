import { formatMilliseconds } from '../../domain/number-format.js';
import type { RunReport } from '../../domain/run-result.js';
import type { ChartPlan } from './chart-plan.js';
import { omittedNote, perEntityLines } from './per-entity-lines.js';
import { entitiesOf, peakOf, seriesColumn } from './series-column.js';

/** Jobs of each queue: how many wait, and how old the oldest of them is; without lines where there are no queues. */
export function jobCharts({ series, result }: RunReport): readonly ChartPlan[] {
  const queues = entitiesOf(series, 'queue');
  const waiting = perEntityLines(queues, 'linear', (queue) => seriesColumn(series, queue, 'waiting'));
  const ages = perEntityLines(queues, 'linear', (queue) =>
    seriesColumn(series, queue, 'oldestAgeSeconds').map((seconds) => seconds * 1e3),
  );
  const objectives = new Set(Object.values(result.queues ?? {}).map(({ slo }) => slo.latencyMs));
  const highest = Math.max(0, ...ages.lines.map(({ values }) => peakOf(values)));
  return [
    {
      id: 'jobs-waiting',
      title: 'Jobs waiting in queues',
      lookAt: `A queue that is no shorter after a peak than before it has too few workers for its ordinary load.${omittedNote(waiting)}`,
      unit: 'count',
      axis: 'jobs waiting',
      scale: 'linear',
      lines: waiting.lines,
      references: [],
      events: [],
    },
    {
      id: 'jobs-age',
      title: 'Lag: age of the oldest job that waits',
      lookAt: `Whoever is published now waits about as long as the line is high, or longer while it rises.${omittedNote(ages)}`,
      unit: 'duration',
      axis: 'age of the oldest job',
      scale: 'linear',
      lines: ages.lines,
      references: [...objectives]
        .filter((objective) => highest > objective / 20)
        .map((objective) => ({ label: `objective ${formatMilliseconds(objective)}`, value: objective })),
      events: [],
    },
  ];
}
