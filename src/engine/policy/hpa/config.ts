import { z } from 'zod';
import { zDuration, zPercent } from '../../../domain/quantity.js';
import { behaviorOf, zBehavior } from './behavior-schema.js';
import type { HpaGates, HpaSemantics, HpaSettings } from './hpa-config.js';
import { zMetric } from './metric-schema.js';

/** The gates as they are open in the version that is reproduced. */
const gates = {
  head: { configurableTolerance: true, podLevelResources: true, scaleToZero: true },
  '1.20': { configurableTolerance: false, podLevelResources: false, scaleToZero: false },
} as const satisfies Record<HpaSemantics, HpaGates>;

const zSyncPeriod = zDuration.refine((period) => period > 0, { message: 'must be above 0' });

/** The section of a horizontal pod autoscaler as people write it: `{ metrics: [{ cpu: 60% }], behavior: { ... } }`. */
export const zHpa = z
  .strictObject({
    metrics: z.array(zMetric).min(1).describe('The metric that asks for most pods wins.'),
    behavior: zBehavior.optional().describe('Without it: one window for scale-down, and at most doubling.'),
    tolerance: zPercent.prefault('10%').describe('How far from the target counts as being on target.'),
    syncPeriod: zSyncPeriod.prefault('15s').describe('Time between two decisions.'),
    downscaleStabilization: zDuration
      .prefault('5m')
      .describe('How long the highest recommendation holds, where behavior gives no window.'),
    cpuInitialization: zDuration.prefault('5m').describe('How long after its start a pod may just be starting up.'),
    initialReadinessDelay: zDuration
      .prefault('30s')
      .describe('A pod that was not ready so long after its start has never been ready.'),
    semantics: z.enum(['head', '1.20']).default('head').describe('The Kubernetes that is reproduced.'),
  })
  .transform((written): HpaSettings => {
    const { semantics, metrics, behavior, tolerance, downscaleStabilization } = written;
    return {
      semantics,
      metrics,
      behavior: behavior === undefined ? null : behaviorOf(behavior, downscaleStabilization),
      tolerance,
      syncPeriodMicros: written.syncPeriod,
      downscaleStabilizationMicros: downscaleStabilization,
      cpuInitializationMicros: written.cpuInitialization,
      initialReadinessDelayMicros: written.initialReadinessDelay,
      scaleUpLimit: { factor: 2, minimum: 4 },
      gates: gates[semantics],
    };
  });
