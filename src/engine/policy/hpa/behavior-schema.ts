import { z } from 'zod';
import { zDuration, zPercent } from '../../../domain/quantity.js';
import { type Micros, seconds } from '../../../kernel/micros.js';
import {
  type HpaBehavior,
  type ScalingPolicy,
  type ScalingRules,
  defaultScaleDown,
  defaultScaleUp,
} from './hpa-behavior.js';

// The bounds are those of Kubernetes' own validation.
const zPeriod = zDuration.refine((period) => period > 0 && period <= seconds(1800), {
  message: 'must be above 0 and at most 30m',
});
const zWindow = zDuration.refine((window) => window <= seconds(3600), { message: 'must be at most 1h' });

const zScalingPolicy = z
  .strictObject({
    pods: z.int().min(1).optional().describe('So many pods in a period.'),
    percent: z.int().min(1).optional().describe('So many percent of the pods at the start of a period.'),
    period: zPeriod,
  })
  .transform(({ pods, percent, period: periodMicros }, context): ScalingPolicy => {
    if (pods !== undefined && percent === undefined) return { type: 'pods', value: pods, periodMicros };
    if (percent !== undefined && pods === undefined) return { type: 'percent', value: percent, periodMicros };
    context.addIssue({ code: 'custom', message: 'must have either pods or percent' });
    return z.NEVER;
  });

const zRules = z.strictObject({
  stabilizationWindow: zWindow.optional().describe('How long the most careful recommendation holds.'),
  select: z.enum(['max', 'min', 'disabled']).optional().describe('Which of the policies counts; disabled: none moves.'),
  policies: z.array(zScalingPolicy).min(1).optional(),
  tolerance: zPercent.optional().describe('Instead of the tolerance for both directions.'),
});

/** Both directions as people write them; what is left out is filled in by `behaviorOf`. */
export const zBehavior = z.strictObject({ scaleUp: zRules.optional(), scaleDown: zRules.optional() });

/** Fills in what Kubernetes would. */
export function behaviorOf(
  { scaleUp, scaleDown }: z.output<typeof zBehavior>,
  downscaleStabilizationMicros: Micros,
): HpaBehavior {
  return {
    scaleUp: rulesOf(scaleUp, defaultScaleUp),
    scaleDown: rulesOf(scaleDown, defaultScaleDown(downscaleStabilizationMicros)),
  };
}

function rulesOf(written: z.output<typeof zRules> | undefined, otherwise: ScalingRules): ScalingRules {
  return {
    stabilizationMicros: written?.stabilizationWindow ?? otherwise.stabilizationMicros,
    select: written?.select ?? otherwise.select,
    policies: written?.policies ?? otherwise.policies,
    tolerance: written?.tolerance ?? otherwise.tolerance,
  };
}
