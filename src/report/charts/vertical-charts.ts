import type { Decision, ResourceRecommendation, VerticalDecision } from '../../domain/decision.js';
import type { RunReport, RunSeries, SeriesTable } from '../../domain/run-result.js';
import type { ChartPlan, LinePlan } from './chart-plan.js';
import { seriesColumn } from './series-column.js';

/** How requests of one workload's pods followed what they use, where a vertical policy had a say: CPU and memory. */
export function verticalCharts(report: RunReport, workload: SeriesTable, position: number): readonly ChartPlan[] {
  const { series, decisions } = report;
  const made = decisions.filter((one) => one.workload === workload.entity && one.vertical !== undefined);
  if (made.length === 0) return [];
  const events = changes(made);
  const chart = (resource: Resource): ChartPlan => ({
    id: `${resource.name}-request-${position}`,
    title: `${resource.title} of one pod, requested, recommended and used: ${workload.entity}`,
    lookAt: `Requested far above used is paid for and idle; ${resource.risk} Triangles are changes of the request.`,
    unit: 'amount',
    axis: resource.axis,
    scale: 'linear',
    lines: [
      line('used, mean of ready pods', 'demand', 'solid', perPod(series, workload, resource.used, 'readyPods')),
      line('requested, mean of pods', 'capacity', 'dashed', perPod(series, workload, resource.requested, 'pods')),
      ...bounds(series, made, resource),
    ],
    references: [],
    events,
  });
  return RESOURCES.map(chart);
}

interface Resource {
  readonly name: 'cpu' | 'memory';
  readonly title: string;
  readonly axis: string;
  readonly used: string;
  readonly requested: string;
  readonly risk: string;
  /** Of what recommendations count, in a unit of the axis. */
  readonly scale: number;
}

const RESOURCES: readonly Resource[] = [
  {
    name: 'cpu',
    title: 'CPU',
    axis: 'cores a pod',
    used: 'cpuCores',
    requested: 'requestedCores',
    risk: 'used near requested is slow as soon as neighbours want theirs.',
    scale: 1000,
  },
  {
    name: 'memory',
    title: 'Memory',
    axis: 'MiB a pod',
    used: 'memoryMiB',
    requested: 'requestedMemoryMiB',
    risk: 'used above requested is evicted first when a node runs short.',
    scale: 1,
  },
];

function line(name: string, colour: LinePlan['colour'], dash: LinePlan['dash'], values: Float64Array): LinePlan {
  return { name, colour, dash, shape: 'step', values };
}

function perPod(series: RunSeries, workload: SeriesTable, column: string, pods: string): Float64Array {
  const counts = seriesColumn(series, workload, pods);
  return seriesColumn(series, workload, column).map((value, i) => (counts[i] > 0 ? value / counts[i] : NaN));
}

/** The target, and the range within which pods are left alone, as the decision in force had them. */
function bounds(series: RunSeries, decisions: readonly Decision[], { name, scale }: Resource): readonly LinePlan[] {
  const inForce = recommendations(series, decisions, name);
  if (inForce.every((one) => one === null)) return [];
  const values = (bound: keyof ResourceRecommendation): Float64Array =>
    Float64Array.from(inForce, (one) => (one === null ? NaN : one[bound] / scale));
  return [
    line('recommended', 'desired', 'dotted', values('target')),
    line('lower bound', 'muted', 'dotted', values('lower')),
    ...(inForce.some((one) => one !== null && one.upper < FAR * one.target)
      ? [line('upper bound', 'muted', 'dashed', nearby(values('upper'), values('target')))]
      : []),
  ];
}

/** Upper bounds are left out where they are so many times the target: with little history they are, and would flatten the rest. */
const FAR = 4;

function nearby(upper: Float64Array, target: Float64Array): Float64Array {
  return upper.map((value, i) => (value < FAR * target[i] ? value : NaN));
}

function recommendations(
  series: RunSeries,
  decisions: readonly Decision[],
  resource: Resource['name'],
): (ResourceRecommendation | null)[] {
  let next = 0;
  let inForce: ResourceRecommendation | null = null;
  return Array.from({ length: series.steps }, (_, i) => {
    const end = (series.startSeconds[i] + series.stepSeconds) * 1e6;
    for (; next < decisions.length && decisions[next].at <= end; next += 1) {
      inForce = decisions[next].vertical?.recommendation[resource] ?? null;
    }
    return inForce;
  });
}

/** When pods were given other requests, by what is done about it. */
function changes(decisions: readonly Decision[]): ChartPlan['events'] {
  return decisions.flatMap(({ at, vertical }) => {
    if (vertical === undefined) return [];
    const [cpu, memory] = [moreOf(vertical, 'cpuRequestMillis'), moreOf(vertical, 'memoryRequestMiB')];
    const acts = vertical.evict.length + vertical.resize.length;
    if (cpu === 0 && memory === 0 && acts === 0) return [];
    const direction = cpu < 0 || (cpu === 0 && memory < 0) ? 'down' : 'up';
    return [{ atSeconds: at / 1e6, direction, text: told(vertical) } as const];
  });
}

function told({ template, evict, resize }: VerticalDecision): string {
  return [
    `${template.cpuRequestMillis ?? 0}m CPU, ${Math.round(template.memoryRequestMiB ?? 0)} MiB`,
    ...(evict.length === 0 ? [] : [`evicts ${evict.join(', ')}`]),
    ...(resize.length === 0 ? [] : [`resizes ${resize.join(', ')}`]),
  ].join('; ');
}

function moreOf({ from, template }: VerticalDecision, key: 'cpuRequestMillis' | 'memoryRequestMiB'): number {
  return (template[key] ?? 0) - (from[key] ?? 0);
}
