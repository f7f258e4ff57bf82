import { z } from 'zod';
import { zDuration, zPositiveDuration } from '../../domain/quantity.js';
import { seconds } from '../../kernel/micros.js';
import type { HpaSettings } from './hpa/hpa-config.js';
import type { HpaMetric } from './hpa/hpa-metric.js';
import { fullBehavior, zHpaBehavior } from './hpa-behavior-schema.js';
import { Formula } from './keda/formula/formula.js';
import type { ExternalTrigger } from './keda/trigger.js';
import { type KedaSettings, zKedaSettings } from './keda-settings.js';
import { type ReadTrigger, zKedaTrigger } from './keda-trigger-schema.js';

/** The metric that a formula makes of all triggers. */
const COMPOSITE = 'formula';

const zFallback = z.strictObject({
  failureThreshold: z.int().min(0).default(3).describe('Failures of a trigger in a row that are borne.'),
  replicas: z.int().min(0).describe('Replicas after that.'),
  behavior: z
    .enum(['static', 'currentReplicas', 'currentReplicasIfHigher', 'currentReplicasIfLower', 'scalingModifiers'])
    .default('static')
    .describe('Whether replicas or the present number count; scalingModifiers lets the formula see nil.'),
});

const zModifiers = z.strictObject({
  formula: z.string().min(1).describe('Of the triggers by their names, as "max(load, floor_of_hours)".'),
  target: z.number().min(0.001).describe('What its result is kept at.'),
  metricType: z.enum(['AverageValue', 'Value']).default('AverageValue').describe('For each replica, or as a whole.'),
  activationTarget: z.number().default(0).describe('Active above this.'),
});

const zWritten = z.strictObject({
  triggers: z.array(zKedaTrigger).min(1).describe('The one that asks for most wins, unless there is a formula.'),
  pollingInterval: zPositiveDuration.prefault('30s').describe('How often it looks whether any trigger is active.'),
  cooldownPeriod: zDuration.prefault('5m').describe('How long none must have been before the last replicas go.'),
  initialCooldownPeriod: zDuration.prefault('0s').describe('The same before any has ever been active.'),
  minReplicaCount: z.int().min(0).nullable().default(null).describe('Null is replicas.min of the workload.'),
  maxReplicaCount: z.int().min(1).nullable().default(null).describe('Null is replicas.max of the workload.'),
  idleReplicaCount: z
    .literal(0)
    .nullable()
    .default(null)
    .describe('0 takes all replicas while no trigger is active, whatever the minimum is.'),
  fallback: zFallback.optional().describe('What stands in for triggers that fail; without it, nothing moves.'),
  advanced: z
    .strictObject({
      scalingModifiers: zModifiers.optional().describe('One number made of all triggers.'),
      horizontalPodAutoscalerConfig: z
        .strictObject({ behavior: zHpaBehavior.optional() })
        .optional()
        .describe('Of the autoscaler between one replica and the most.'),
    })
    .prefault({}),
});

type Written = z.output<typeof zWritten>;

/** The section as people write it; defaults are those of KEDA. */
export const zKeda = zWritten
  .transform((written, context): KedaSettings => {
    const problem = firstProblem(written);
    if (problem !== null) {
      context.addIssue({ code: 'custom', ...problem });
      return z.NEVER;
    }
    return {
      minReplicas: written.minReplicaCount,
      maxReplicas: written.maxReplicaCount,
      idleReplicas: written.idleReplicaCount,
      pollingInterval: written.pollingInterval,
      cooldown: written.cooldownPeriod,
      initialCooldown: written.initialCooldownPeriod,
      triggers: externalOf(written),
      fallback: written.fallback ?? null,
      modifiers: written.advanced.scalingModifiers ?? null,
      hpa: hpaOf(written),
    };
  })
  .pipe(zKedaSettings);

function externalOf({ triggers }: Written): ExternalTrigger[] {
  return triggers.flatMap((trigger) => ('external' in trigger ? [trigger.external] : []));
}

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

function firstProblem(written: Written): Problem | null {
  return problemOfNames(written.triggers) ?? problemOfFallback(written) ?? problemOfFormula(written);
}

function problemOfNames(triggers: readonly ReadTrigger[]): Problem | null {
  const names = triggers.map(({ name }) => name);
  const again = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (again >= 0) {
    return { path: ['triggers', again], message: `is the second one called ${names[again]}; give each its own name` };
  }
  const taken = names.indexOf(COMPOSITE);
  return taken < 0 ? null : { path: ['triggers', taken], message: `must not be called ${COMPOSITE}` };
}

function problemOfFallback(written: Written): Problem | null {
  const { fallback, advanced } = written;
  if (fallback === undefined) return null;
  if (externalOf(written).length === 0) {
    return { path: ['fallback'], message: 'needs a trigger that is not cpu or memory, which it does not stand in for' };
  }
  const needsFormula = fallback.behavior === 'scalingModifiers' && advanced.scalingModifiers === undefined;
  return needsFormula
    ? { path: ['fallback', 'behavior'], message: 'scalingModifiers needs advanced.scalingModifiers' }
    : null;
}

/** As KEDA does, the formula is tried with every trigger at -1, which shows whether it knows them all and comes to a number. */
function problemOfFormula(written: Written): Problem | null {
  const { scalingModifiers } = written.advanced;
  if (scalingModifiers === undefined) return null;
  const path = ['advanced', 'scalingModifiers', 'formula'];
  const formula = Formula.read(scalingModifiers.formula);
  if (typeof formula === 'string') return { path, message: formula };
  const names = externalOf(written).map(({ name }) => name);
  const unknown = formula.unknown(names);
  if (unknown !== null) {
    const known = names.length === 0 ? 'there are none but on cpu and memory' : `known are ${names.join(', ')}`;
    return { path, message: `uses ${unknown}, which is neither a trigger nor a function; of triggers ${known}` };
  }
  const tried = formula.run(new Map(names.map((name) => [name, -1])));
  return 'problem' in tried ? { path, message: tried.problem } : null;
}

function hpaOf(written: Written): HpaSettings {
  const { scalingModifiers: modifiers, horizontalPodAutoscalerConfig: config } = written.advanced;
  const stabilization = seconds(300);
  const resources = written.triggers.flatMap((trigger) => ('resource' in trigger ? [trigger.resource] : []));
  const external = modifiers === undefined ? externalOf(written).map(metricOf) : [compositeOf(modifiers)];
  return {
    semantics: 'head',
    metrics: [...external, ...resources],
    behavior: config?.behavior === undefined ? null : fullBehavior(config.behavior, stabilization),
    tolerance: 0.1,
    syncPeriodMicros: seconds(15),
    downscaleStabilizationMicros: stabilization,
    cpuInitializationMicros: seconds(300),
    initialReadinessDelayMicros: seconds(30),
    scaleUpLimit: { factor: 2, minimum: 4 },
    gates: { configurableTolerance: true, podLevelResources: true, scaleToZero: false },
  };
}

/** The clock's trigger asks for its replicas as so many times one. */
function metricOf(trigger: ExternalTrigger): HpaMetric {
  const milli = trigger.kind === 'cron' ? 1000 : trigger.targetMilli;
  const type = trigger.kind === 'metric' && trigger.metricType === 'Value' ? 'value' : 'averageValue';
  return { kind: 'external', metric: trigger.name, target: { type, milli } };
}

function compositeOf({ target, metricType }: z.output<typeof zModifiers>): HpaMetric {
  const type = metricType === 'Value' ? 'value' : 'averageValue';
  return { kind: 'external', metric: COMPOSITE, target: { type, milli: Math.round(target * 1000) } };
}
