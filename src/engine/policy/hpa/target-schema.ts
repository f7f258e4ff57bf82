import { z } from 'zod';
import { zCpu, zMemory, zPercent } from '../../../domain/quantity.js';
import type { MetricTarget, ResourceName } from './hpa-metric.js';

/** Thousandths of a byte in a MiB: Kubernetes counts memory in whole thousandths of bytes. */
export const MILLI_PER_MIB = 1000 * 2 ** 20;

const example = { cpu: '60% or 200m', memory: '70% or 512Mi' } as const;

/** Reads what a resource is to be kept at: a share of the request (60%), or an average amount for each pod (200m, 512Mi). */
export function targetOf(resource: ResourceName, written: string): MetricTarget | null {
  const percent = zPercent.safeParse(written);
  if (percent.success) {
    const whole = Math.round(percent.data * 100);
    // Kubernetes has utilization targets in whole percent only.
    return whole >= 1 && Math.abs(percent.data * 100 - whole) < 1e-9 ? { type: 'utilization', percent: whole } : null;
  }
  const amount = resource === 'cpu' ? zCpu.safeParse(written) : zMemory.safeParse(written);
  if (!amount.success || amount.data <= 0) return null;
  return { type: 'averageValue', milli: Math.ceil(resource === 'cpu' ? amount.data : amount.data * MILLI_PER_MIB) };
}

/** What is wrong with the target of a resource. */
export function wrongTarget(resource: ResourceName, written: unknown): string {
  return `must be a whole percentage of the request or an average amount with its unit, as ${example[resource]}, was ${JSON.stringify(written)}`;
}

/** The target of a resource as people write it. */
export function zTarget(resource: ResourceName) {
  return z
    .union([z.string(), z.number()])
    .transform((written, context): MetricTarget => {
      const target = typeof written === 'string' ? targetOf(resource, written) : null;
      if (target !== null) return target;
      context.addIssue({ code: 'custom', message: wrongTarget(resource, written) });
      return z.NEVER;
    })
    .meta({
      description: `Whole percent of the request, or an average amount for each pod: ${example[resource]}.`,
    });
}
