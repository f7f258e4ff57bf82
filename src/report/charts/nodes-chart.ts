import type { RunReport, SeriesTable } from '../../domain/run-result.js';
import type { FailedLaunch } from '../../domain/failed-launch.js';
import { plural } from '../../domain/number-format.js';
import type { ChartEvent, ChartPlan, LinePlan } from './chart-plan.js';
import { seriesColumn } from './series-column.js';

/** Machines of one pool whose number changes: asked for, running, in service, and stopped in its warm pool if it has one. */
export function nodesChart(
  { series, nodeEvents, failedLaunches = [] }: RunReport,
  pool: SeriesTable,
  id: string,
): ChartPlan {
  const line = (name: string, column: string, look: Pick<LinePlan, 'colour' | 'dash'>): LinePlan => ({
    name,
    ...look,
    shape: 'step',
    values: seriesColumn(series, pool, column),
  });
  const stopped = line('stopped in the warm pool', 'stoppedNodes', { colour: 'muted', dash: 'dotted' });
  return {
    id,
    title: `Machines asked for, running and in service: ${pool.entity}`,
    lookAt:
      'Every machine that runs is paid for; the gap from running to in service is boot time and the warm pool, running above asked for is draining.',
    unit: 'count',
    axis: 'machines',
    scale: 'linear',
    lines: [
      line('running', 'nodes', { colour: 'cost', dash: 'solid' }),
      line('in service', 'readyNodes', { colour: 'capacity', dash: 'dotted' }),
      line('asked for', 'desiredNodes', { colour: 'desired', dash: 'dashed' }),
      ...(stopped.values.some((value) => value > 0) ? [stopped] : []),
    ],
    references: [],
    events: [
      ...nodeEvents
        .filter(({ workload }) => workload === pool.entity)
        .map(({ atSeconds, from, to, reason }): ChartEvent => ({
          atSeconds,
          direction: to > from ? 'up' : 'down',
          text: `${from} to ${to}: ${reason}`,
        })),
      ...failures(failedLaunches.filter((one) => one.pool === pool.entity)),
    ],
  };
}

/** One mark for all that failed at one instant. */
function failures(launches: readonly FailedLaunch[]): ChartEvent[] {
  const words = { refused: 'refused by the provider', neverUp: 'began to run and never came up' };
  const counts = new Map<string, { readonly launch: FailedLaunch; count: number }>();
  for (const launch of launches) {
    const key = `${launch.at}/${launch.cause}`;
    counts.set(key, { launch, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].map(({ launch: { at, cause }, count }) => ({
    atSeconds: at / 1e6,
    direction: 'failed',
    text: `${plural(count, 'machine')} ${words[cause]}`,
  }));
}
