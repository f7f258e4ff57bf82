import { z } from 'zod';
import { zCpu, zMemory, zPercent, zRate } from '../../domain/quantity.js';
import { workloadMetrics } from '../../domain/workload-metrics.js';
import type { HpaMetric, MetricTarget, NamedMetric, ResourceName } from './hpa/hpa-metric.js';

const BYTES_PER_MIB = 2 ** 20;

const zName = z.string().min(1);

/** A metric of a workload as a whole: one that the collector knows, or one by expression. */
const zWorkloadMetric = zName.meta({ examples: [...workloadMetrics] });

/** A plain number, or a rate with its unit; in thousandths. */
const zMilli = z
  .union([z.number().positive(), zRate])
  .transform((value) => Math.round(value * 1000))
  .refine((milli) => milli >= 1, { message: 'must be at least 0.001' });

/** A share of the request becomes a utilization, an amount the average of a pod. Bare numbers would hide their unit. */
function resourceTarget(amount: typeof zCpu, milliPerUnit: number, expected: string) {
  return z
    .string()
    .transform((text, context): MetricTarget => {
      const isShare = text.trim().endsWith('%');
      const read = (isShare ? zPercent : amount).safeParse(text);
      const exact = read.success ? read.data * (isShare ? 100 : milliPerUnit) : 0;
      const whole = Math.round(exact);
      // Kubernetes' averageUtilization is a whole number: 62.5% would silently be something else.
      const isWhole = !isShare || Math.abs(exact - whole) < 1e-9;
      if (whole >= 1 && isWhole)
        return isShare ? { type: 'utilization', percent: whole } : { type: 'averageValue', milli: whole };
      context.addIssue({ code: 'custom', message: `must be ${expected}, was '${text}'` });
      return z.NEVER;
    })
    .optional()
    .describe(expected);
}

/** One entry of `metrics`: a resource of the pods or of one container, a gauge of the pods, a metric of a Service, or of the workload as a whole. */
export const zHpaMetric = z
  .strictObject({
    cpu: resourceTarget(zCpu, 1, 'a whole percentage of the CPU request, as 60%, or the average of a pod, as 300m'),
    memory: resourceTarget(
      zMemory,
      BYTES_PER_MIB * 1000,
      'a whole percentage of the memory request, as 80%, or the average of a pod, as 400Mi',
    ),
    container: zName
      .optional()
      .describe('Takes cpu or memory of this container alone; a pod has one, named after its workload.'),
    pods: zName
      .optional()
      .describe('in_flight, or a metric by expression that keeps the label pod, with averageValue.'),
    object: zWorkloadMetric
      .optional()
      .describe(
        `A metric of the Service named in describedObject, with value or averageValue: ${workloadMetrics.join(', ')}, or one by expression.`,
      ),
    describedObject: z
      .strictObject({
        kind: z.literal('Service').default('Service').describe('The balancer in front of a workload.'),
        name: zName.describe('Name of the workload behind it, this one or another'),
      })
      .optional()
      .describe('What an object metric describes, as { kind: Service, name: web }.'),
    external: zWorkloadMetric
      .optional()
      .describe('A metric of the whole workload, as those of object, with value or averageValue.'),
    value: zMilli.optional().describe('What the metric as a whole is kept at.'),
    averageValue: zMilli.optional().describe('What the metric is kept at for each pod.'),
  })
  .transform((written, context): HpaMetric => {
    const metric = readMetric(written);
    if (typeof metric !== 'string') return metric;
    context.addIssue({ code: 'custom', message: metric });
    return z.NEVER;
  });

interface WrittenMetric {
  readonly cpu?: MetricTarget | undefined;
  readonly memory?: MetricTarget | undefined;
  readonly container?: string | undefined;
  readonly pods?: string | undefined;
  readonly object?: string | undefined;
  readonly describedObject?: { readonly name: string } | undefined;
  readonly external?: string | undefined;
  readonly value?: number | undefined;
  readonly averageValue?: number | undefined;
}

function readMetric(written: WrittenMetric): HpaMetric | string {
  const { cpu, memory, pods, object, external } = written;
  const sources = [cpu, memory, pods, object, external].filter((source) => source !== undefined);
  if (sources.length !== 1) return 'must name exactly one of cpu, memory, pods, object and external';
  return stray(written) ?? chosen(written);
}

/** A field that belongs to a metric of another kind. */
function stray({ cpu, memory, object, container, describedObject }: WrittenMetric): string | null {
  if (container !== undefined && cpu === undefined && memory === undefined)
    return 'container goes with cpu or memory only';
  return describedObject !== undefined && object === undefined ? 'describedObject goes with object only' : null;
}

function chosen(written: WrittenMetric): HpaMetric | string {
  const { cpu, memory, pods, object, external } = written;
  if (cpu !== undefined) return resource('cpu', cpu, written);
  if (memory !== undefined) return resource('memory', memory, written);
  if (object !== undefined) return described(object, written);
  if (pods === undefined) return named('external', external ?? '', written);
  return written.value === undefined ? named('pods', pods, written) : 'pods must have averageValue, not value';
}

function described(metric: string, written: WrittenMetric): HpaMetric | string {
  const name = written.describedObject?.name;
  if (name === undefined) return 'object must have a describedObject, as { kind: Service, name: web }';
  const read = named('object', metric, written);
  return typeof read === 'string' ? read : { ...read, describedObject: name };
}

function resource(
  name: ResourceName,
  target: MetricTarget,
  { value, averageValue, container }: WrittenMetric,
): HpaMetric | string {
  if (value !== undefined || averageValue !== undefined) return `${name} has its target already, without value`;
  return { kind: 'resource', resource: name, container: container ?? null, target };
}

function named(
  kind: NamedMetric['kind'],
  metric: string,
  { value, averageValue }: WrittenMetric,
): NamedMetric | string {
  if (averageValue !== undefined && value === undefined) {
    return { kind, metric, target: { type: 'averageValue', milli: averageValue } };
  }
  if (value !== undefined && averageValue === undefined)
    return { kind, metric, target: { type: 'value', milli: value } };
  return `${kind} must have either value or averageValue`;
}
