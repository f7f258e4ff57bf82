import type { TrafficSplit } from '../../domain/balance/traffic-split.js';
import type { RunReport, RunSeries, SeriesTable } from '../../domain/run-result.js';
import type { ChartColour, ChartPlan, LinePlan } from './chart-plan.js';
import { peakOf } from './series-column.js';

const COLOURS: readonly ChartColour[] = ['other1', 'other2', 'other3', 'other4', 'other5', 'other6'];
const DASHES = ['solid', 'dashed', 'dotted'] as const;

/** How a workload's requests were shared, where the engine had a say in it: by revision as it came about, by pod and zone as it was commanded. */
export function balanceCharts(report: RunReport, workload: SeriesTable, position: number): readonly ChartPlan[] {
  return [
    ...revisionChart(report.series, workload, position),
    ...weightChart(report, workload, position),
    ...zoneChart(report, workload, position),
  ];
}

const plain = { scale: 'linear', references: [], events: [] } as const;

function revisionChart(series: RunSeries, { entity, columns }: SeriesTable, position: number): readonly ChartPlan[] {
  const counts = Object.entries(columns).filter(([name]) => /^toRevision\d+$/.test(name));
  if (counts.length === 0) return [];
  const sums = Float64Array.from({ length: series.steps }, (_, i) => counts.reduce((sum, [, of]) => sum + of[i], 0));
  const lines = counts.map(([name, of], i): LinePlan => ({
    ...look(i),
    name: `revision ${name.slice('toRevision'.length)}`,
    shape: 'linear',
    values: of.map((count, step) => count / sums[step]),
  }));
  return [
    {
      ...plain,
      id: `revisions-${position}`,
      title: `Share of requests by revision: ${entity}`,
      lookAt:
        'Each level is a step of the rollout; as long as a revision gets little, little can go wrong with it. Hold latency and errors against it.',
      unit: 'share',
      axis: 'share of requests sent',
      lines: lines.filter(({ values }) => peakOf(values) > 0).slice(0, COLOURS.length),
    },
  ];
}

function weightChart(report: RunReport, { entity }: SeriesTable, position: number): readonly ChartPlan[] {
  const steps = commanded(report, entity, 'pod');
  if (steps === null) return [];
  const weights = steps.map((split) => (split?.by === 'pod' ? split.weights : null));
  const names = [...new Set(weights.flatMap((of) => Object.keys(of ?? {})))];
  const valuesOf = (name: string): Float64Array =>
    Float64Array.from(weights, (of) => (of !== null && Object.hasOwn(of, name) ? of[name] : NaN));
  const lines = names
    .map((name) => ({ name, values: valuesOf(name) }))
    .map((line) => ({ ...line, off: peakOf(line.values.map((value) => Math.abs(Math.log(value)))) }))
    .sort((a, b) => b.off - a.off)
    .slice(0, COLOURS.length);
  const left = names.length - lines.length;
  return [
    {
      ...plain,
      id: `weights-${position}`,
      title: `Weight of each pod: ${entity}`,
      lookAt: `An ordinary pod has the weight 1; one that stays far below is slow or small, one that swings is a control loop that hunts.${left === 0 ? '' : ` Only the ${lines.length} furthest from 1 are drawn; ${left} more are in the journal.`}`,
      unit: 'amount',
      axis: 'weight commanded (1 is ordinary)',
      lines: lines.map(({ name, values }, i): LinePlan => ({ ...look(i), name, shape: 'step', values })),
    },
  ];
}

function zoneChart(report: RunReport, { entity }: SeriesTable, position: number): readonly ChartPlan[] {
  const steps = commanded(report, entity, 'zone');
  if (steps === null) return [];
  const hints = steps.map((split) => (split?.by === 'zone' ? Object.values(split.hints) : []));
  const zones = [...new Set(hints.flat())].sort().slice(0, COLOURS.length);
  return [
    {
      ...plain,
      id: `zones-${position}`,
      title: `Endpoints for the callers of each zone: ${entity}`,
      lookAt: 'Where there are none, callers of every zone choose among all endpoints and traffic crosses zones.',
      unit: 'pods',
      axis: 'endpoints',
      lines: zones.map((zone, i): LinePlan => ({
        ...look(i),
        name: zone,
        shape: 'step',
        values: Float64Array.from(hints, (of) => of.filter((hint) => hint === zone).length),
      })),
    },
  ];
}

/** The split in force at the end of each step; null where none of that kind ever was. */
function commanded(
  { series, decisions }: RunReport,
  workload: string,
  by: TrafficSplit['by'],
): readonly (TrafficSplit | null)[] | null {
  const changes = decisions.flatMap(({ at, workload: of, balance }) =>
    of === workload && balance?.split?.to.by === by ? [{ seconds: at / 1e6, split: balance.split.to }] : [],
  );
  if (changes.length === 0) return null;
  let next = 0;
  let split: TrafficSplit | null = null;
  return Array.from(series.startSeconds, (start) => {
    for (; next < changes.length && changes[next].seconds < start + series.stepSeconds; next += 1) {
      split = changes[next].split;
    }
    return split;
  });
}

function look(position: number): Pick<LinePlan, 'colour' | 'dash'> {
  return { colour: COLOURS[position % COLOURS.length], dash: DASHES[position % DASHES.length] };
}
