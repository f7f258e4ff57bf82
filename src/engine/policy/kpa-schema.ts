import { z } from 'zod';
import { zDuration, zPercent, zShare } from '../../domain/quantity.js';
import { type Micros, micros, seconds } from '../../kernel/micros.js';
import { metricTarget } from './kpa/metric-target.js';
import { type KpaSettings, zKpaSettings } from './kpa-settings.js';

/** Knative's buckets are a second long: a shorter panic window would have none. */
const LEAST_PANIC_WINDOW = seconds(1);

/** After the progress deadline Knative waits this much longer before it gives a revision up. */
const ACTIVATION_BUFFER = seconds(30);

const zRateOfChange = z.number().gt(1);

function window(low: number, high: number, words: string) {
  return zDuration.refine((length) => length >= low * 1e6 && length <= high * 1e6, { message: `must be ${words}` });
}

/** The section as people write it; defaults are those of Knative's config-autoscaler. */
export const zKpa = z
  .strictObject({
    metric: z
      .enum(['concurrency', 'rps'])
      .default('concurrency')
      .describe('Requests at once (waiting or being served), or requests a second.'),
    target: z
      .number()
      .min(0.01)
      .nullable()
      .default(null)
      .describe('What a pod can take; null is containerConcurrency or 100 at once, or 200 a second.'),
    targetUtilization: zShare
      .refine((share) => share > 0, { message: 'must be above 0%' })
      .prefault('70%')
      .describe('Share of it that a pod is kept at.'),
    containerConcurrency: z
      .int()
      .min(0)
      .default(0)
      .describe('Hard limit of requests at once that concurrency is never aimed beyond; 0 is none.'),
    stableWindow: window(6, 3600, 'between 6s and 1h').prefault('60s').describe('Over which load is averaged.'),
    panicWindow: zShare
      .refine((share) => share >= 0.01, { message: 'must be between 1% and 100%' })
      .prefault('10%')
      .describe('Of the stable window: the newest load, by which it panics.'),
    panicThreshold: zPercent
      .refine((share) => share >= 1.1 && share <= 10, { message: 'must be between 110% and 1000%' })
      .prefault('200%')
      .describe('Panic begins where the panic window asks for so much of the ready pods.'),
    maxScaleUpRate: zRateOfChange.default(1000).describe('At most so many times the ready pods at once.'),
    maxScaleDownRate: zRateOfChange.default(2).describe('At least the ready pods divided by this.'),
    targetBurstCapacity: z
      .number()
      .refine((capacity) => capacity >= 0 || capacity === -1, { message: 'must be -1 (no limit) or at least 0' })
      .default(211)
      .describe('Requests beyond the present ones that pods must have room for; -1 is as many as come.'),
    activationScale: z.int().min(1).default(1).describe('Least number of pods where any are needed.'),
    initialScale: z.int().min(0).default(1).describe('Pods to begin with.'),
    scaleDownDelay: window(0, 3600, 'at most 1h')
      .prefault('0s')
      .describe('Fewer pods only when nobody asked for more for so long.'),
    scaleToZero: z.boolean().default(true).describe('Whether the last pod may go, where replicas.min is 0.'),
    scaleToZeroGracePeriod: zDuration
      .refine((length) => length > 0, { message: 'must be above 0' })
      .prefault('30s')
      .describe('How long requests go through the activator before the last pod goes.'),
    scaleToZeroPodRetention: window(0, 3600, 'at most 1h')
      .prefault('0s')
      .describe('The last pod stays at least so long after the last request.'),
    progressDeadline: zDuration.prefault('10m').describe('How long pods may take to come up before they are given up.'),
    windowAverage: z
      .enum(['linear', 'weighted'])
      .default('linear')
      .describe('Whether all of a window counts alike, or newer load more.'),
  })
  .transform((written): KpaSettings => {
    const { metric, target, targetUtilization: utilization, containerConcurrency, stableWindow } = written;
    return {
      metric,
      spec: {
        ...metricTarget({ metric, target, utilization, containerConcurrency }),
        targetBurstCapacity: written.targetBurstCapacity,
        panicThreshold: written.panicThreshold,
        maxScaleUpRate: written.maxScaleUpRate,
        maxScaleDownRate: written.maxScaleDownRate,
        stableWindow,
        scaleDownDelay: written.scaleDownDelay,
        activationScale: written.activationScale,
        reachable: true,
      },
      zero: {
        initialScale: written.initialScale,
        scaleToZero: written.scaleToZero,
        stableWindow,
        gracePeriod: written.scaleToZeroGracePeriod,
        podRetention: written.scaleToZeroPodRetention,
        activationTimeout: micros(written.progressDeadline + ACTIVATION_BUFFER),
      },
      panicWindow: panicWindow(stableWindow, written.panicWindow),
      average: written.windowAverage,
    };
  })
  .pipe(zKpaSettings);

function panicWindow(stableWindow: Micros, share: number): Micros {
  return micros(Math.max(LEAST_PANIC_WINDOW, stableWindow * share));
}
