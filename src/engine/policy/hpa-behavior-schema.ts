import { z } from 'zod';
import { zDuration, zShare } from '../../domain/quantity.js';
import type { Micros } from '../../kernel/micros.js';
import { type HpaBehavior, type ScalingRules, defaultScaleDown, defaultScaleUp } from './hpa/hpa-behavior.js';

const selects = { Max: 'max', Min: 'min', Disabled: 'disabled' } as const;
const types = { Pods: 'pods', Percent: 'percent' } as const;

const zPolicy = z
  .strictObject({
    type: z.enum(['Pods', 'Percent']),
    value: z.int().min(1),
    period: zDuration.refine((period) => period >= 1e6 && period <= 1.8e9, {
      message: 'must be between 1s and 30m',
    }),
  })
  .transform(({ type, value, period }) => ({ type: types[type], value, periodMicros: period }));

const zDirection = z.strictObject({
  stabilizationWindow: zDuration
    .refine((window) => window <= 3.6e9, { message: 'must be at most 1h' })
    .optional()
    .describe(
      'How far back recommendations are looked at, so that replicas do not follow every dip; no pause between changes.',
    ),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']).optional().describe('Which of the policies counts.'),
  policies: z.array(zPolicy).min(1).optional().describe('How far replicas may move in a period.'),
  tolerance: zShare.optional().describe('Share of the target that counts as being on target, in this direction.'),
});

type Direction = z.output<typeof zDirection>;

/** `behavior` of autoscaling/v2, in Kubernetes' words. */
export const zHpaBehavior = z.strictObject({ scaleUp: zDirection.optional(), scaleDown: zDirection.optional() });

/** Fills in what Kubernetes puts where a rule is not given. */
export function fullBehavior(
  { scaleUp, scaleDown }: z.output<typeof zHpaBehavior>,
  downscaleStabilization: Micros,
): HpaBehavior {
  return {
    scaleUp: rules(scaleUp, defaultScaleUp),
    scaleDown: rules(scaleDown, defaultScaleDown(downscaleStabilization)),
  };
}

function rules(written: Direction | undefined, defaults: ScalingRules): ScalingRules {
  return {
    stabilizationMicros: written?.stabilizationWindow ?? defaults.stabilizationMicros,
    select: written?.selectPolicy === undefined ? defaults.select : selects[written.selectPolicy],
    policies: written?.policies ?? defaults.policies,
    tolerance: written?.tolerance ?? defaults.tolerance,
  };
}
