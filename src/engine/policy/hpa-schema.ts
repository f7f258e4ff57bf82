import { z } from 'zod';
import { zDuration, zShare } from '../../domain/quantity.js';
import { seconds } from '../../kernel/micros.js';
import type { HpaSettings } from './hpa/hpa-config.js';
import { fullBehavior, zHpaBehavior } from './hpa-behavior-schema.js';
import { zHpaMetric } from './hpa-metric-schema.js';
import { zHpaSettings } from './hpa-settings.js';

/** The section as people write it; defaults are those of kube-controller-manager and of autoscaling/v2. */
export const zHpa = z
  .strictObject({
    semantics: z
      .enum(['head', '1.20'])
      .default('head')
      .describe('Which Kubernetes: the head of 2026, or v1.20 with its known faults.'),
    metrics: z
      .array(zHpaMetric)
      .min(1)
      .prefault([{ cpu: '80%' }])
      .describe('The metric that asks for most wins.'),
    behavior: zHpaBehavior
      .optional()
      .describe('Windows and limits by direction; without it at most doubling, and downscaleStabilization.'),
    tolerance: zShare.prefault('10%').describe('Share of the target that counts as being on target.'),
    downscaleStabilization: zDuration
      .prefault('5m')
      .describe('How long the highest recommendation is remembered on the way down.'),
    cpuInitializationPeriod: zDuration
      .prefault('5m')
      .describe('How long after its start a pod`s CPU may be that of starting up.'),
    initialReadinessDelay: zDuration
      .prefault('30s')
      .describe('A pod not ready so long after its start counts as never having been ready.'),
  })
  .transform((written): HpaSettings => ({
    semantics: written.semantics,
    metrics: written.metrics,
    behavior: written.behavior === undefined ? null : fullBehavior(written.behavior, written.downscaleStabilization),
    tolerance: written.tolerance,
    syncPeriodMicros: seconds(15),
    downscaleStabilizationMicros: written.downscaleStabilization,
    cpuInitializationMicros: written.cpuInitializationPeriod,
    initialReadinessDelayMicros: written.initialReadinessDelay,
    scaleUpLimit: { factor: 2, minimum: 4 },
    gates: {
      configurableTolerance: written.semantics === 'head',
      podLevelResources: written.semantics === 'head',
      scaleToZero: false,
    },
  }))
  .pipe(zHpaSettings);
