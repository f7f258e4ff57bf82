import { z } from 'zod';
import type { HpaMetric, MetricTarget } from './hpa-metric.js';
import { targetOf, wrongTarget, zTarget } from './target-schema.js';

const zAmount = z.number().gt(0).describe('In the unit of the metric, above 0.');

const zContainer = z
  .strictObject({
    name: z.string().min(1).describe('Name of the container.'),
    resource: z.enum(['cpu', 'memory']),
    target: z.string().describe('As of cpu and memory: 60%, 200m, 512Mi.'),
  })
  .transform(({ name, resource, target: written }, context): HpaMetric => {
    const target = targetOf(resource, written);
    if (target !== null) return { kind: 'resource', resource, container: name, target };
    context.addIssue({ code: 'custom', path: ['target'], message: wrongTarget(resource, written) });
    return z.NEVER;
  });

const zPods = z.strictObject({ metric: z.string().min(1), averageValue: zAmount });

const zWhole = z
  .strictObject({
    metric: z.string().min(1),
    value: zAmount.optional().describe('Target of the value as a whole.'),
    averageValue: zAmount.optional().describe('Target of the value for each pod.'),
  })
  .refine(({ value, averageValue }) => (value === undefined) !== (averageValue === undefined), {
    message: 'must have either value or averageValue',
  });

const fields = {
  cpu: zTarget('cpu').optional(),
  memory: zTarget('memory').optional(),
  container: zContainer.optional().describe('CPU or memory of one container in each pod.'),
  pods: zPods.optional().describe('A metric that every pod reports, averaged over the pods.'),
  object: zWhole.optional().describe('A metric of one object, for instance of an ingress.'),
  external: zWhole.optional().describe('A metric from outside of the cluster, for instance the length of a queue.'),
};

/** One metric as people write it: exactly one of cpu, memory, container, pods, object, external. */
export const zMetric = z.strictObject(fields).transform((written, context): HpaMetric => {
  const metrics = metricsIn(written);
  if (metrics.length === 1) return metrics[0];
  const kinds = Object.keys(fields).join(', ');
  const message = `must have exactly one of ${kinds}, has ${metrics.length === 0 ? 'none' : Object.keys(written).join(' and ')}`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

type Written = z.output<z.ZodObject<typeof fields>>;

function metricsIn({ cpu, memory, container, pods, object, external }: Written): readonly HpaMetric[] {
  const metrics: HpaMetric[] = [];
  if (cpu !== undefined) metrics.push({ kind: 'resource', resource: 'cpu', container: null, target: cpu });
  if (memory !== undefined) metrics.push({ kind: 'resource', resource: 'memory', container: null, target: memory });
  if (container !== undefined) metrics.push(container);
  if (pods !== undefined) metrics.push({ kind: 'pods', metric: pods.metric, target: amount(pods) });
  if (object !== undefined) metrics.push({ kind: 'object', metric: object.metric, target: amount(object) });
  if (external !== undefined) metrics.push({ kind: 'external', metric: external.metric, target: amount(external) });
  return metrics;
}

/** Rounded up to whole thousandths, as Kubernetes reads quantities. */
function amount({ value, averageValue }: { readonly value?: number; readonly averageValue?: number }): MetricTarget {
  if (value !== undefined) return { type: 'value', milli: wholeMilli(value) };
  return averageValue === undefined ? { type: 'unset' } : { type: 'averageValue', milli: wholeMilli(averageValue) };
}

function wholeMilli(value: number): number {
  return Math.ceil(Number((value * 1000).toPrecision(15)));
}
