import { z } from 'zod';
import type { MetricReading, Rule } from '../../domain/decision.js';
import { zDuration, zPositiveDuration } from '../../domain/quantity.js';
import type { HorizontalInput, HorizontalPolicy, HorizontalProposal, PolicyDefinition, Resource } from '../ports.js';
import { evaluate } from './aws/alarm.js';
import { CoolDown } from './aws/cool-down.js';
import { Datapoints } from './aws/datapoints.js';
import { adjusted, stepOf, zStep } from './aws/step-adjustment.js';
import {
  isHeld,
  metricFields,
  readTracked,
  resourcesOf,
  trackedObjection,
  trackedProvenance,
  trackedValue,
  zTrackedMetric,
} from './aws/tracked-metric.js';
import { trackedReading } from './aws/tracked-reading.js';
import { warming } from './aws/warming.js';
import { meantToHold } from './meant-to-hold.js';

const zAlarm = z.strictObject({
  metric: zTrackedMetric,
  threshold: z.number(),
  when: z.enum(['above', 'below']),
  periodMicros: z.number().positive(),
  after: z.int().min(1),
  adjustment: z.enum(['change', 'percent', 'exact']),
  least: z.int().min(0),
  steps: z.array(zStep).min(1),
});

const zSettings = z.strictObject({
  alarms: z.array(zAlarm).min(1),
  warmUpMicros: z.number(),
  cooldownMicros: z.number(),
});

type Alarm = z.output<typeof zAlarm>;
type Settings = z.output<typeof zSettings>;

/** What one alarm makes of a tick; null where it does not breach. */
interface Answer {
  readonly desired: number;
  readonly rules: readonly Rule[];
}

class WatchedAlarm {
  private readonly datapoints: Datapoints;
  private blind = false;

  constructor(
    private readonly alarm: Alarm,
    private readonly warmUpMicros: number,
  ) {
    this.datapoints = new Datapoints(alarm.periodMicros);
  }

  tick(input: HorizontalInput): {
    readonly reading: MetricReading;
    readonly answer: Answer | null;
    readonly blind: boolean;
  } {
    const { alarm, datapoints, warmUpMicros } = this;
    const { metric, threshold, when, after } = alarm;
    const { now, specReplicas } = input;
    const value = trackedValue(metric, input, warmUpMicros);
    const measured = { value, origin: trackedProvenance(metric, input) };
    datapoints.push(now, typeof value === 'number' ? value : null);
    const beyond = (seen: number): number => (when === 'above' ? seen - threshold : threshold - seen);
    if (!datapoints.due(now)) {
      return { reading: trackedReading(metric, measured, threshold, specReplicas), answer: null, blind: this.blind };
    }
    const state = evaluate(datapoints.newest(now, after), (seen) => beyond(seen) >= 0);
    this.blind = !state.breaches && state.why === 'insufficient-data';
    const answer = state.breaches ? this.answer(input, state.value, beyond(state.value)) : null;
    const reading = trackedReading(metric, measured, threshold, answer?.desired ?? specReplicas);
    return { reading, answer, blind: this.blind };
  }

  /** A step counts from the pods that carry their share; what an earlier step has brought is part of it and not added again. */
  private answer({ now, pods, specReplicas }: HorizontalInput, value: number, breach: number): Answer | null {
    const { steps, adjustment, least, threshold } = this.alarm;
    const step = stepOf(steps, breach);
    if (step === null) return null;
    const onTheWay = warming(pods, specReplicas, now, this.warmUpMicros);
    const base = step.by > 0 ? specReplicas - onTheWay : specReplicas;
    const wanted = adjusted(base, step.by, adjustment, least);
    const desired = step.by > 0 && adjustment !== 'exact' ? Math.max(specReplicas, wanted) : wanted;
    const numbers = { value, threshold, by: step.by, adjustment, warming: onTheWay };
    const rules: Rule[] = [{ rule: 'step', before: specReplicas, after: desired, numbers }];
    if (desired < specReplicas && onTheWay > 0) {
      const held = { rule: 'warming-up', before: desired, after: specReplicas, numbers: { warming: onTheWay } };
      return { desired: specReplicas, rules: [...rules, held] };
    }
    return { desired, rules };
  }
}

class StepPolicy implements HorizontalPolicy {
  readonly resources: readonly Resource[];
  private readonly alarms: readonly WatchedAlarm[];
  private readonly coolDown = new CoolDown();

  constructor(private readonly settings: Settings) {
    this.resources = settings.alarms.flatMap(({ metric }) => resourcesOf(metric));
    this.alarms = settings.alarms.map((alarm) => new WatchedAlarm(alarm, settings.warmUpMicros));
  }

  /** Where several alarms breach, the one that leaves the most capacity wins. */
  decide(input: HorizontalInput): HorizontalProposal {
    const { now, specReplicas } = input;
    this.coolDown.remember(input.commanded);
    const ticked = this.alarms.map((alarm) => alarm.tick(input));
    const metrics = ticked.map(({ reading }) => reading);
    const won = ticked.reduce<(typeof ticked)[number] | null>(
      (best, next) =>
        next.answer !== null && (best?.answer == null || next.answer.desired > best.answer.desired) ? next : best,
      null,
    );
    if (won?.answer == null) {
      const blind = ticked.every((alarm) => alarm.blind);
      const held = { rawDesired: blind ? null : specReplicas, desired: specReplicas, winner: null, metrics, rules: [] };
      if (!blind) return { ...held, reason: 'no-alarm' };
      const abstaining: HorizontalProposal = { ...held, abstains: true, reason: 'insufficient-data' };
      return this.settings.alarms.some(({ metric }) => isHeld(metric, input))
        ? meantToHold(abstaining, specReplicas)
        : abstaining;
    }
    const { desired, rules } = won.answer;
    const winner = won.reading.name;
    const { cooldownMicros } = this.settings;
    if (desired < specReplicas && this.coolDown.holdsIn(now, cooldownMicros)) {
      const rule = {
        rule: 'cooldown',
        before: desired,
        after: specReplicas,
        numbers: { cooldownSeconds: cooldownMicros / 1e6 },
      };
      return {
        rawDesired: desired,
        desired: specReplicas,
        winner,
        metrics,
        rules: [...rules, rule],
        reason: 'cooldown',
      };
    }
    const reason = desired === specReplicas ? 'warming-up' : desired > specReplicas ? 'scaled-up' : 'scaled-down';
    return { rawDesired: desired, desired, winner, metrics, rules, reason };
  }
}

const zWrittenAlarm = z
  .strictObject({
    ...metricFields,
    when: z.enum(['above', 'below']).describe('On which side of its number the metric has to be.'),
    period: zPositiveDuration.prefault('1m').describe('Length of a datapoint, which is the mean over it.'),
    after: z.int().min(1).max(1440).default(2).describe('Datapoints in a row that have to be there.'),
    adjustment: z
      .enum(['change', 'percent', 'exact'])
      .default('change')
      .describe('What the numbers of the steps are: pods more or less, a percentage, or the number of pods.'),
    least: z.int().min(0).default(1).describe('Pods that a percentage moves at least.'),
    steps: z
      .array(
        z.strictObject({
          from: z.number().min(0).default(0).describe('Distance from the number at which the step begins.'),
          to: z.number().positive().nullable().default(null).describe('And where it ends; no end if left out.'),
          by: z.number().describe('Pods, or per cent, as 2 or -25.'),
        }),
      )
      .min(1)
      .describe('What is done, by the distance of the metric from its number; for shares in points of a hundred.'),
  })
  .transform((written, context): Alarm => {
    const tracked = readTracked(written);
    const wrong = typeof tracked === 'string' ? tracked : wrongSteps(written.steps, written.adjustment);
    if (typeof tracked === 'string' || wrong !== null) {
      context.addIssue({ code: 'custom', message: wrong ?? '' });
      return z.NEVER;
    }
    const { when, period, after, adjustment, least, steps } = written;
    const scale = tracked.metric.kind === 'utilization' ? 100 : 1;
    return {
      metric: tracked.metric,
      threshold: tracked.level,
      when,
      periodMicros: period,
      after,
      adjustment,
      least,
      steps: steps.map(({ from, to, by }) => ({ from: from / scale, to: to === null ? null : to / scale, by })),
    };
  });

function wrongSteps(steps: readonly z.output<typeof zStep>[], adjustment: Alarm['adjustment']): string | null {
  const sorted = [...steps].sort((a, b) => a.from - b.from);
  if (sorted.some(({ from, to }) => to !== null && to <= from)) return 'must have steps whose to is above their from';
  const ends = sorted.slice(0, -1).map(({ to }) => to ?? Infinity);
  if (ends.some((end, i) => sorted[i + 1].from < end)) return 'must have steps that do not overlap';
  return adjustment === 'percent' ? null : wrongAmounts(sorted, adjustment);
}

function wrongAmounts(steps: readonly z.output<typeof zStep>[], adjustment: 'change' | 'exact'): string | null {
  if (steps.some(({ by }) => !Number.isInteger(by))) return 'must have whole numbers of pods';
  return adjustment === 'exact' && steps.some(({ by }) => by < 0) ? 'must have no fewer than 0 pods' : null;
}

const schema = z
  .strictObject({
    alarms: z.array(zWrittenAlarm).min(1).describe('Usually one above and one below.'),
    warmUp: zDuration
      .prefault('5m')
      .describe('So long after a pod is ready it is left out of the metric, and nothing is scaled in.'),
    cooldown: zDuration.prefault('0s').describe('Least time from any change to a scale-in.'),
  })
  .transform(({ alarms, warmUp, cooldown }): z.input<typeof zSettings> => ({
    alarms,
    warmUpMicros: warmUp,
    cooldownMicros: cooldown,
  }))
  .pipe(zSettings);

/**
 * Step scaling as of Amazon EC2 Auto Scaling: the further a metric is beyond an alarm's threshold, the larger the step.
 *
 * Source: Amazon EC2 Auto Scaling user guide, "Step and simple scaling policies".
 */
export const step: PolicyDefinition = {
  name: 'step',
  description: 'Alarms with steps as AWS has them: the further beyond its threshold a metric is, the larger the step.',
  schema,
  judge(config, place) {
    const found = zSettings.parse(config).alarms.map(({ metric }, i) => trackedObjection(metric, place, ['alarms', i]));
    return found.find((objection) => objection !== null) ?? null;
  },
  create: (config) => new StepPolicy(zSettings.parse(config)),
};
