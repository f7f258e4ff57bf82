import type { MetricReading, Rule } from '../../domain/decision.js';
import type { EngineWorkload } from '../../domain/engine-config.js';
import type { Micros } from '../../kernel/micros.js';
import type { HorizontalInput, HorizontalPolicy, HorizontalProposal, PolicyDefinition, Resource } from '../ports.js';
import type { MetricAnswer, UnmeasuredAnswer } from './hpa/hpa-input.js';
import type { HpaMetric } from './hpa/hpa-metric.js';
import { hpaAnswer, hpaProvenance } from './hpa-answer.js';
import { HpaLoop } from './hpa-loop.js';
import { hpaResources } from './hpa-resources.js';
import { type Composite, composite, type ScalingModifiers } from './keda/composite.js';
import { scaleTarget, type TargetScale, type TargetSettings } from './keda/scale-target.js';
import type { TriggerOutcome } from './keda/trigger-health.js';
import { kedaModifiers } from './keda-modifiers.js';
import { kedaObjection } from './keda-objection.js';
import { kedaReason } from './keda-reason.js';
import { kedaRules } from './keda-rules.js';
import { zKeda } from './keda-schema.js';
import { type KedaSettings, zKedaSettings } from './keda-settings.js';
import { KedaTriggers } from './keda-triggers.js';
import { type Provenance, provenance } from './provenance.js';

/** Sums of counters over a window miss whole thousandths by a hair. */
const HAIR = 1e-6;

/** What is known at a tick, of each trigger and of all. */
interface Known {
  readonly outcomes: ReadonlyMap<string, TriggerOutcome>;
  readonly made: Composite | null;
}

class KedaPolicy implements HorizontalPolicy {
  readonly resources: readonly Resource[];
  private readonly target: TargetSettings;
  private readonly triggers: KedaTriggers;
  private readonly modifiers: ScalingModifiers | null;
  private readonly autoscaler: HpaLoop;
  private createdAt: Micros | null = null;
  private polledAt: Micros | null = null;
  private lastActiveAt: Micros | null = null;
  /** Whether the last decision was the autoscaler's, so that its policies count it. */
  private scaledByAutoscaler = false;

  constructor(
    private readonly settings: KedaSettings,
    workload: EngineWorkload,
  ) {
    const { idleReplicas, cooldown, initialCooldown, fallback } = settings;
    const minReplicas = settings.minReplicas ?? workload.minReplicas;
    this.target = { minReplicas, idleReplicas, cooldown, initialCooldown, fallback };
    this.triggers = new KedaTriggers(settings.triggers, fallback);
    this.modifiers = kedaModifiers(settings.modifiers);
    const bounds = {
      minReplicas: Math.max(1, minReplicas),
      maxReplicas: settings.maxReplicas ?? workload.maxReplicas,
    };
    this.resources = hpaResources(settings.hpa.metrics);
    this.autoscaler = new HpaLoop({ ...settings.hpa, ...bounds }, workload, (metric, input) =>
      this.originOf(metric, input),
    );
  }

  decide(input: HorizontalInput): HorizontalProposal {
    const outcomes = this.triggers.read(input);
    const made = this.modifiers === null ? null : composite(this.modifiers, outcomes, this.settings.fallback);
    const known = { outcomes, made };
    const operator = this.poll(input, known);
    const told = kedaRules(known, this.settings, input.specReplicas);
    const isOperators = (operator.replicas ?? input.specReplicas) !== input.specReplicas;
    // At zero the autoscaler is switched off, and beside a change by the operator it would decide on replicas that are no more.
    if (isOperators || input.specReplicas === 0) {
      this.scaledByAutoscaler = false;
      return this.byOperator(input, known, operator, told);
    }
    const commanded = this.scaledByAutoscaler ? input.commanded : null;
    this.scaledByAutoscaler = true;
    const scaled = this.autoscaler.decide(input, this.answers(input, known), commanded);
    const rules = [...told, ...operator.rules, ...scaled.rules];
    return {
      ...scaled,
      rules,
      reason: kedaReason(operator.rules, scaled.reason, scaled.desired !== input.specReplicas),
    };
  }

  /** Looks whether any trigger is active, once in a polling interval. */
  private poll({ now, specReplicas }: HorizontalInput, known: Known): TargetScale {
    this.createdAt ??= now;
    if (this.polledAt !== null && now < this.polledAt + this.settings.pollingInterval) {
      return { replicas: null, lastActiveAt: this.lastActiveAt, rules: [] };
    }
    this.polledAt = now;
    const { createdAt, lastActiveAt } = this;
    const outcomes = [...known.outcomes.values()];
    const isError = outcomes.some(({ problem }) => problem !== null);
    const isActive = this.isActive(known, isError);
    const state = { replicas: specReplicas, isActive, isError, lastActiveAt, createdAt };
    const scale = scaleTarget(this.target, state, now);
    this.lastActiveAt = scale.lastActiveAt;
    return scale;
  }

  /** Triggers on CPU and memory alone can wake nobody up, so that with nothing else the target counts as active. */
  private isActive({ outcomes, made }: Known, isError: boolean): boolean {
    if (outcomes.size === 0) return !isError;
    return made === null ? [...outcomes.values()].some(({ isActive }) => isActive) : made.isActive;
  }

  /** The external metrics of its autoscaler are triggers, by their names. */
  private originOf(metric: HpaMetric, input: HorizontalInput): Provenance {
    if (metric.kind !== 'external') return hpaProvenance(metric, input);
    const trigger = this.settings.triggers.find(({ name }) => name === metric.metric);
    if (trigger?.kind !== 'metric') return {};
    const { observation, observations } = input;
    return provenance(trigger.workload === null ? observation : observations.get(trigger.workload), trigger.metric);
  }

  private answers(input: HorizontalInput, known: Known): readonly (MetricAnswer | UnmeasuredAnswer)[] {
    return this.settings.hpa.metrics.map((metric) =>
      metric.kind === 'external' ? answerOf(valueOf(metric.metric, known)) : hpaAnswer(metric, input),
    );
  }

  private byOperator(
    input: HorizontalInput,
    known: Known,
    { replicas, rules }: TargetScale,
    told: readonly Rule[],
  ): HorizontalProposal {
    const { specReplicas } = input;
    const failed = rules.some(({ rule }) => rule === 'trigger-error');
    return {
      rawDesired: null,
      desired: replicas ?? specReplicas,
      ...(failed ? { abstains: true } : {}),
      winner: null,
      metrics: this.settings.hpa.metrics.flatMap((metric) => readingOf(metric, known, this.originOf(metric, input))),
      rules: [...told, ...rules],
      reason: kedaReason(rules, 'at-zero', false),
    };
  }
}

interface Shown {
  readonly value: number | null;
  readonly problem: string | null;
  readonly unmeasured?: 'hold' | 'ignore';
}

function valueOf(name: string, { outcomes, made }: Known): Shown {
  return made ?? outcomes.get(name) ?? { value: null, problem: 'it is not known' };
}

function answerOf({ value, problem, unmeasured }: Shown): MetricAnswer | UnmeasuredAnswer {
  if (unmeasured !== undefined) return { type: unmeasured };
  if (value === null) return { type: 'unavailable', message: problem ?? 'it shows nothing' };
  return { type: 'values', milli: [Math.trunc(value * 1000 + HAIR)] };
}

function readingOf(metric: HpaMetric, known: Known, origin: Provenance): readonly MetricReading[] {
  if (metric.kind !== 'external' || metric.target.type === 'utilization' || metric.target.type === 'unset') return [];
  const { value, problem } = valueOf(metric.metric, known);
  const name = `external/${metric.metric}`;
  return [{ name, value, target: metric.target.milli / 1000, unit: '', proposal: null, invalid: problem, ...origin }];
}

/** KEDA, with the horizontal pod autoscaler that it runs. */
export const keda: PolicyDefinition = {
  name: 'keda',
  description: 'KEDA: triggers and formulas over them, from zero pods by the operator, beyond one by an HPA.',
  schema: zKeda,
  judge: (config, place) => kedaObjection(zKedaSettings.parse(config), place),
  create: (config, workload) => new KedaPolicy(zKedaSettings.parse(config), workload),
};
