import { z } from 'zod';
import { zRate } from '../../domain/quantity.js';
import { readRecurrence } from '../../domain/schedule/read-recurrence.js';
import type { Recurrence } from '../../domain/schedule/recurrence.js';
import { offsetMicros, zUtcOffset } from '../../domain/schedule/utc-offset-schema.js';
import type { HpaMetric } from './hpa/hpa-metric.js';
import { zHpaMetric } from './hpa-metric-schema.js';
import type { ExternalTrigger } from './keda/trigger.js';

/** A trigger as it is used: by KEDA itself, or by the autoscaler alone. */
export type ReadTrigger =
  | { readonly name: string; readonly external: ExternalTrigger }
  | { readonly name: string; readonly resource: HpaMetric };

const zName = z
  .string()
  .regex(/^[A-Za-z_]\w*$/, { message: 'must be made of letters, digits and _, so that a formula can use it' })
  .optional()
  .describe('How a formula and explanations call it; its type without it.');

const zActivation = z.number().default(0).describe('It is active above this.');

const zWorkload = z.string().min(1).optional().describe('Whose metric it is; this workload`s without it.');

const zAmount = z
  .number()
  .positive()
  .transform((target) => Math.round(target * 1000))
  .refine((milli) => milli >= 1, { message: 'must be at least 0.001' });

const zRequests = z
  .strictObject({
    type: z.literal('requests').describe('Requests that come to a workload.'),
    name: zName,
    workload: zWorkload,
    target: z
      .union([
        zAmount.transform((targetMilli) => ({ metric: 'in_flight', targetMilli })),
        zRate.transform((rate) => ({ metric: 'requests_per_second', targetMilli: Math.round(rate * 1000) })),
      ])
      .describe('For each replica: requests a second, as 50/s, or requests at once, as 20.'),
    activation: zActivation,
  })
  .transform(({ type, name = type, workload = null, target, activation }): ReadTrigger => {
    return { name, external: { kind: 'metric', name, ...target, workload, activation } };
  });

const zQueue = z
  .strictObject({
    type: z.literal('queue').describe('What waits in a queue, or any other metric by its name.'),
    name: zName,
    metric: z.string().min(1).default('queue_length').describe('Name of the metric.'),
    workload: zWorkload,
    target: zAmount.describe('For each replica.'),
    activation: zActivation,
  })
  .transform(({ type, name = type, metric, workload = null, target: targetMilli, activation }): ReadTrigger => {
    return { name, external: { kind: 'metric', name, metric, workload, targetMilli, activation } };
  });

const zPrometheus = z
  .strictObject({
    type: z.literal('prometheus').describe('A metric by expression, which has to give one number.'),
    name: zName,
    metric: z.string().min(1).describe('Its name under metrics of the workload, or under metrics.named.'),
    workload: zWorkload,
    threshold: zAmount.describe('For each replica, or as a whole with metricType Value.'),
    metricType: z.enum(['AverageValue', 'Value']).default('AverageValue').describe('For each replica, or as a whole.'),
    activationThreshold: zActivation,
  })
  .transform((written): ReadTrigger => {
    const {
      type,
      name = type,
      metric,
      workload = null,
      threshold: targetMilli,
      activationThreshold: activation,
    } = written;
    const trigger = { kind: 'metric' as const, name, metric, workload, targetMilli, activation };
    return { name, external: written.metricType === 'Value' ? { ...trigger, metricType: 'Value' } : trigger };
  });

const zCron = z
  .strictObject({
    type: z.literal('cron').describe('Replicas between two times that come again and again.'),
    name: zName,
    start: z.string().describe('Cron expression of five fields.'),
    end: z.string().describe('Cron expression of five fields.'),
    utcOffset: zUtcOffset,
    desiredReplicas: z.int().min(1),
  })
  .transform(({ type, name = type, utcOffset, desiredReplicas, ...written }, context): ReadTrigger => {
    const times = [written.start, written.end].map((cron) => readRecurrence({ cron }));
    const wrong = times.find((time) => typeof time === 'string');
    const problem = wrong ?? (written.start === written.end ? 'start and end must not be the same' : undefined);
    const [start, end] = times.filter((time): time is Recurrence => typeof time !== 'string');
    if (problem !== undefined) {
      context.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    }
    const utcOffsetMicros = offsetMicros(utcOffset);
    return { name, external: { kind: 'cron', name, start, end, utcOffsetMicros, desiredReplicas } };
  });

const zResource = z
  .strictObject({
    type: z.enum(['cpu', 'memory']).describe('Use of the pods, read by the autoscaler alone: it wakes nobody up.'),
    name: zName,
    target: z
      .string()
      .describe('A whole percentage of the request, as 60%, or the average of a pod, as 300m or 400Mi.'),
  })
  .transform(({ type, name = type, target }, context): ReadTrigger => {
    const metric = zHpaMetric.safeParse({ [type]: target });
    if (metric.success) return { name, resource: metric.data };
    context.addIssue({ code: 'custom', path: ['target'], message: metric.error.issues[0].message });
    return z.NEVER;
  });

/** One entry of `triggers`. */
export const zKedaTrigger = z.union([zRequests, zQueue, zPrometheus, zCron, zResource]);
