import { z } from 'zod';
import { zPercent, zRate } from '../../../domain/quantity.js';
import type { NamedMetric } from '../../../domain/named-metric.js';
import type { Observation } from '../../../domain/observation.js';
import type { ConfigPlace, HorizontalInput, Objection, Resource } from '../../ports.js';
import { metricObjection } from '../metric-objection.js';
import { type Provenance, provenance } from '../provenance.js';
import { isWarm } from './warming.js';

/** What an alarm watches. */
export const zTrackedMetric = z.discriminatedUnion('kind', [
  /** Mean use of the pods' CPU or memory request, as a share. */
  z.strictObject({ kind: z.literal('utilization'), resource: z.enum(['cpu', 'memory']) }),
  /** A number of the whole workload, divided by its serving pods where it says so. */
  z.strictObject({ kind: z.literal('workload'), metric: z.string(), perPod: z.boolean() }),
]);

/** What an alarm watches. */
export type TrackedMetric = z.output<typeof zTrackedMetric>;

const positive = <Schema extends z.ZodType<number>>(schema: Schema) =>
  schema.refine((value) => value > 0, { message: 'must be above 0' });

/** Fields of a section that name a metric and give one number for it: a target, or a threshold. */
export const metricFields = {
  cpu: positive(zPercent).optional().describe("Mean CPU use of the pods' requests, as 50%."),
  memory: positive(zPercent).optional().describe("Mean memory use of the pods' requests, as 70%."),
  requestsPerPod: positive(zRate).optional().describe('Requests per second of a serving pod, as 50/s.'),
  metric: z.string().min(1).optional().describe('Any metric of the workload as a whole, with value or perPod.'),
  value: z.number().positive().optional().describe('Of the metric as a whole.'),
  perPod: z.number().positive().optional().describe('Of the metric, divided by the serving pods.'),
} as const;

/** What was written of `metricFields`. */
export interface WrittenMetric {
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
  readonly requestsPerPod?: number | undefined;
  readonly metric?: string | undefined;
  readonly value?: number | undefined;
  readonly perPod?: number | undefined;
}

/** A metric, and the number that was written for it. */
export interface Tracked {
  readonly metric: TrackedMetric;
  readonly level: number;
}

/** A metric and its number; a sentence where not exactly one is written. */
export function readTracked(written: WrittenMetric): Tracked | string {
  const { cpu, memory, requestsPerPod } = written;
  const named = readNamed(written);
  if (typeof named === 'string') return named;
  const found = [
    named,
    tracked({ kind: 'utilization', resource: 'cpu' }, cpu),
    tracked({ kind: 'utilization', resource: 'memory' }, memory),
    tracked({ kind: 'workload', metric: 'requests_per_second', perPod: true }, requestsPerPod),
  ].filter((one) => one !== null);
  return found.length === 1 ? found[0] : 'must have one of cpu, memory, requestsPerPod and metric';
}

function tracked(metric: TrackedMetric, level: number | undefined): Tracked | null {
  return level === undefined ? null : { metric, level };
}

function readNamed({ metric, value, perPod }: WrittenMetric): Tracked | string | null {
  if (metric === undefined) {
    return value === undefined && perPod === undefined ? null : 'must have metric beside value or perPod';
  }
  const level = value ?? perPod;
  if (level === undefined || (value !== undefined && perPod !== undefined)) {
    return 'must have either value or perPod beside metric';
  }
  return { metric: { kind: 'workload', metric, perPod: perPod !== undefined }, level };
}

/** What of the pods a metric is about. */
export function resourcesOf(metric: TrackedMetric): readonly Resource[] {
  return metric.kind === 'utilization' ? [metric.resource] : [];
}

/** What is wrong with the metric in view of the workload; null where nothing is. */
export function trackedObjection(metric: TrackedMetric, place: ConfigPlace, path: Objection['path']): Objection | null {
  if (metric.kind === 'utilization') return null;
  return metricObjection(metric.metric, place, { of: place.workload.name, use: 'workload', path: [...path, 'metric'] });
}

/** Whether the metric is missing, and is to leave the replicas as they are. */
export function isHeld(metric: TrackedMetric, { observation }: HorizontalInput): boolean {
  return metric.kind === 'workload' && observation.named?.get(metric.metric)?.missing?.done === 'hold';
}

/** Where the number of a metric comes from. */
export function trackedProvenance(metric: TrackedMetric, { observation }: HorizontalInput): Provenance {
  return provenance(observation, metric.kind === 'utilization' ? metric.resource : metric.metric);
}

/** The metric at a tick; pods that are still warming up are not counted. A sentence where there is no value. */
export function trackedValue(metric: TrackedMetric, input: HorizontalInput, warmUpMicros: number): number | string {
  const { observation, now } = input;
  const named = metric.kind === 'workload' ? observation.named?.get(metric.metric) : undefined;
  if (named === undefined && observation.status !== 'fresh') return observation.reason;
  const warm = input.pods.filter((pod) => !pod.terminating && isWarm(pod, now, warmUpMicros));
  if (metric.kind === 'utilization') return utilization(metric.resource, input, new Set(warm.map(({ name }) => name)));
  const value = named === undefined ? sampleOf(metric.metric, observation) : onlyValue(named);
  if (typeof value === 'string' || !metric.perPod) return value;
  return warm.length === 0 ? 'no pod serves' : value / warm.length;
}

function sampleOf(metric: string, { metrics }: Observation): number | string {
  return Object.hasOwn(metrics, metric) ? metrics[metric].value : `no recent sample of ${metric}`;
}

/** An alarm watches one number. */
function onlyValue({ elements, missing }: NamedMetric): number | string {
  if (elements.length === 1) return elements[0].value;
  return missing?.why ?? `its expression gives ${elements.length} values, it has to give one`;
}

function utilization(
  resource: 'cpu' | 'memory',
  { observation, pods, workload }: HorizontalInput,
  warm: ReadonlySet<string>,
): number | string {
  const requests = new Map(pods.map(({ name, resources }) => [name, requestOf(resource, resources ?? workload)]));
  let used = 0;
  let requested = 0;
  for (const { pod, cpuMillis, memoryMiB } of observation.pods) {
    const request = requests.get(pod) ?? null;
    const amount = resource === 'cpu' ? cpuMillis : memoryMiB;
    if (!warm.has(pod) || request === null || amount === null) continue;
    used += amount;
    requested += request;
  }
  return requested === 0 ? 'no warm pod with a request has a sample' : used / requested;
}

function requestOf(
  resource: 'cpu' | 'memory',
  {
    cpuRequestMillis,
    memoryRequestMiB,
  }: { readonly cpuRequestMillis: number | null; readonly memoryRequestMiB: number | null },
): number | null {
  return resource === 'cpu' ? cpuRequestMillis : memoryRequestMiB;
}
