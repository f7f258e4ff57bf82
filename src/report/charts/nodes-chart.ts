import type { RunReport, SeriesTable } from '../../domain/run-result.js';
import type { ChartPlan, LinePlan } from './chart-plan.js';
import { seriesColumn } from './series-column.js';

/** Machines of one pool whose number changes: asked for, running, in service, and stopped in its warm pool if it has one. */
export function nodesChart({ series, nodeEvents }: RunReport, pool: SeriesTable, id: string): ChartPlan {
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
    events: nodeEvents
      .filter(({ workload }) => workload === pool.entity)
      .map(({ atSeconds, from, to, reason }) => ({
        atSeconds,
        direction: to > from ? 'up' : 'down',
        text: `${from} to ${to}: ${reason}`,
      })),
  };
}
