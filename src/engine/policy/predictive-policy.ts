import { z } from 'zod';
import { choiceSchema } from '../../domain/choice-schema.js';
import type { Rule } from '../../domain/decision.js';
import { zDuration, zPercent, zRate, zShare } from '../../domain/quantity.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type {
  HorizontalInput,
  HorizontalPolicy,
  HorizontalProposal,
  LeadTime,
  PolicyDefinition,
  Resource,
} from '../ports.js';
import { horizonOf } from './predictive/horizon-grid.js';
import { type Prediction, predictReplicas } from './predictive/predict-replicas.js';
import { type PredictiveSettings, zPredictiveSettings } from './predictive/predictive-settings.js';
import { RecentFloor } from './predictive/recent-floor.js';

class PredictivePolicy implements HorizontalPolicy {
  readonly resources: readonly Resource[];
  private horizon: Micros;
  private readonly floor = new RecentFloor();

  constructor(
    private readonly settings: PredictiveSettings,
    private readonly reactive: HorizontalPolicy | null,
  ) {
    this.horizon = horizonOf(settings.leadTimeMicros ?? micros(0));
    const own: readonly Resource[] = settings.target.type === 'cpu' ? ['cpu'] : [];
    this.resources = [...own, ...(reactive?.resources ?? [])];
  }

  horizons(leadTime: LeadTime): readonly Micros[] {
    const { leadTimeMicros, marginMicros } = this.settings;
    this.horizon = horizonOf(micros((leadTimeMicros ?? leadTime.micros) + marginMicros));
    return [this.horizon, ...(this.reactive?.horizons?.(leadTime) ?? [])];
  }

  decide(input: HorizontalInput): HorizontalProposal {
    const { specReplicas } = input;
    const reaction = this.reactive?.decide(input) ?? null;
    const prediction = predictReplicas(input, reaction?.desired ?? specReplicas, this.horizon, this.settings);
    if (reaction === null) {
      const { rawDesired, desired, rules, reason } = prediction;
      const proposal = { rawDesired, desired: desired ?? specReplicas, winner: null, metrics: [], rules, reason };
      return desired === null ? { ...proposal, abstains: true } : proposal;
    }
    const known = prediction.desired === null ? reaction : floorAlone(reaction);
    return this.settings.combine === 'trust' ? trust(prediction, known) : this.raise(input, prediction, known);
  }

  /** The forecast adds to what the reactive policy wants and takes nothing from it; as a floor it stands until its load has come. */
  private raise({ now }: HorizontalInput, prediction: Prediction, reaction: HorizontalProposal): HorizontalProposal {
    const { combine } = this.settings;
    const most =
      combine === 'floor'
        ? this.floor.at(now, micros(now + this.horizon), prediction.desired)
        : (prediction.desired ?? 0);
    const wins = most > reaction.desired;
    const desired = Math.max(most, reaction.desired);
    const numbers = { predicted: most, reactive: reaction.desired };
    const combined: Rule = { rule: `forecast-${combine}`, before: reaction.desired, after: desired, numbers };
    const { rawDesired, metrics } = reaction;
    return {
      rawDesired,
      metrics,
      desired,
      winner: wins ? 'forecast' : reaction.winner,
      rules: [...reaction.rules, ...prediction.rules, combined],
      reason: wins ? 'forecast' : reaction.reason,
      ...(prediction.desired === null && reaction.abstains === true ? { abstains: true } : {}),
      ...(prediction.desired === null && reaction.floor !== undefined ? { floor: reaction.floor } : {}),
    };
  }
}

/** A policy that only wants no fewer than so many leaves what is beyond them to the forecast, where there is one. */
function floorAlone(reaction: HorizontalProposal): HorizontalProposal {
  return reaction.floor === undefined ? reaction : { ...reaction, desired: reaction.floor };
}

/** The forecast where it has a say, both ways, but not below a floor; the reactive policy otherwise. */
function trust(prediction: Prediction, reaction: HorizontalProposal): HorizontalProposal {
  if (prediction.desired === null) {
    return { ...reaction, rules: [...reaction.rules, ...prediction.rules] };
  }
  const desired = Math.max(prediction.desired, reaction.floor ?? 0);
  const numbers = { predicted: desired, reactive: reaction.desired };
  return {
    rawDesired: prediction.rawDesired,
    desired,
    winner: 'forecast',
    metrics: reaction.metrics,
    rules: [...prediction.rules, { rule: 'forecast-trusted', before: reaction.desired, after: desired, numbers }],
    reason: prediction.reason,
  };
}

/** Replicas by the forecast, with or without one of `members` that reacts. */
export function predictive(members: Readonly<Record<string, PolicyDefinition>>): PolicyDefinition {
  return {
    name: 'predictive',
    description:
      'Replicas for the load expected when a pod asked for now would serve, alone or with a policy that reacts.',
    schema: schemaOf(members),
    judge(config, place) {
      const { reactive, target } = zPredictiveSettings.parse(config);
      if (target.type === 'cpu' && place.workload.cpuRequestMillis === null) {
        return {
          path: ['target'],
          problem: 'must be requestsPerPod where pods request no CPU, was cpuUtilization',
          hint: 'Give pod.cpu.request, or a target in requests per second.',
        };
      }
      const objection = reactive === null ? null : (members[reactive.name].judge?.(reactive.config, place) ?? null);
      return objection === null ? null : { ...objection, path: ['reactive', ...objection.path] };
    },
    create(config, workload) {
      const settings = zPredictiveSettings.parse(config);
      const { reactive } = settings;
      return new PredictivePolicy(
        settings,
        reactive === null ? null : members[reactive.name].create(reactive.config, workload),
      );
    },
  };
}

function schemaOf(members: Readonly<Record<string, PolicyDefinition>>) {
  return z
    .strictObject({
      target: z
        .union([
          z.strictObject({ cpuUtilization: zPercent.refine((share) => share > 0, { message: 'must be above 0%' }) }),
          z.strictObject({ requestsPerPod: zRate.refine((rate) => rate > 0, { message: 'must be above 0' }) }),
        ])
        .prefault({ cpuUtilization: '60%' })
        .describe('What a pod is to carry: a share of its CPU request, or requests per second.'),
      quantile: z
        .enum(['q50', 'q90', 'q95', 'q99'])
        .default('q90')
        .describe('The load is expected to stay below this quantile of the forecast.'),
      raiseConfidence: zShare.prefault('0%').describe('Confidence of the forecaster from which it raises.'),
      lowerConfidence: zShare.prefault('80%').describe('Confidence of the forecaster from which it lowers.'),
      leadTime: zDuration.optional().describe('How far it looks ahead; what the engine has measured if left out.'),
      margin: zDuration.prefault('0s').describe('How much further it looks ahead.'),
      combine: z
        .enum(['maximum', 'floor', 'trust'])
        .default('maximum')
        .describe(
          'With a reactive policy: the larger of both; a floor that stands until its load has come; or the forecast alone where it is sure.',
        ),
      reactive: choiceSchema(members, {
        key: 'policy',
        fallback: null,
        description: 'The policy that reacts to what is measured, and its own fields; none if left out.',
      }).optional(),
    })
    .transform(({ target, leadTime, margin, reactive, ...rest }) => ({
      ...rest,
      target:
        'cpuUtilization' in target
          ? { type: 'cpu' as const, share: target.cpuUtilization }
          : { type: 'rate' as const, perSecond: target.requestsPerPod },
      leadTimeMicros: leadTime ?? null,
      marginMicros: margin,
      reactive: reactive ?? null,
    }))
    .pipe(zPredictiveSettings);
}
