import { z } from 'zod';
import type { MetricReading, Rule } from '../../domain/decision.js';
import { zDuration, zPositiveDuration, zShare } from '../../domain/quantity.js';
import type { HorizontalInput, HorizontalPolicy, HorizontalProposal, PolicyDefinition, Resource } from '../ports.js';
import { type AlarmState, evaluate } from './aws/alarm.js';
import { CoolDown } from './aws/cool-down.js';
import { Datapoints } from './aws/datapoints.js';
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

const zSettings = z.strictObject({
  metric: zTrackedMetric,
  target: z.number().positive(),
  periodMicros: z.number().positive(),
  outAfter: z.int().min(1),
  inAfter: z.int().min(1),
  inBelow: z.number().positive(),
  warmUpMicros: z.number(),
  scaleOutCooldownMicros: z.number(),
  scaleInCooldownMicros: z.number(),
  scaleIn: z.boolean(),
});

type Settings = z.output<typeof zSettings>;

/** A quotient that misses a whole number of pods by a hair does not need one more. */
const HAIR = 1e-9;

class TargetTrackingPolicy implements HorizontalPolicy {
  readonly resources: readonly Resource[];
  /** Whether the datapoints were too few when they were looked at last. */
  private blind = false;
  private readonly datapoints: Datapoints;
  private readonly coolDown = new CoolDown();

  constructor(private readonly settings: Settings) {
    this.datapoints = new Datapoints(settings.periodMicros);
    this.resources = resourcesOf(settings.metric);
  }

  decide(input: HorizontalInput): HorizontalProposal {
    const proposed = this.byAlarms(input);
    return proposed.abstains === true && isHeld(this.settings.metric, input)
      ? meantToHold(proposed, input.specReplicas)
      : proposed;
  }

  private byAlarms(input: HorizontalInput): HorizontalProposal {
    const { settings, datapoints, coolDown } = this;
    const { now, specReplicas } = input;
    const { metric, target, outAfter, inAfter, inBelow } = settings;
    const value = trackedValue(metric, input, settings.warmUpMicros);
    datapoints.push(now, typeof value === 'number' ? value : null);
    coolDown.remember(input.commanded);
    const origin = trackedProvenance(metric, input);
    const reading = trackedReading(metric, { value, origin }, target, specReplicas);
    if (!datapoints.due(now)) return between(specReplicas, reading, this.blind);
    const high = evaluate(datapoints.newest(now, outAfter), (seen) => seen > target);
    const low = evaluate(datapoints.newest(now, inAfter), (seen) => seen < target * inBelow);
    this.blind = !high.breaches && high.why === 'insufficient-data';
    if (high.breaches) return this.scaleOut(input, high.value, reading);
    if (low.breaches) return this.scaleIn(input, low.value, reading);
    return unchanged(input, reading, high, value);
  }

  /** Pods on their way count as capacity and not in the metric, so that one breach is not answered twice. */
  private scaleOut(input: HorizontalInput, value: number, reading: MetricReading): HorizontalProposal {
    const { target, warmUpMicros, scaleOutCooldownMicros } = this.settings;
    const { now, specReplicas, pods } = input;
    const onTheWay = warming(pods, specReplicas, now, warmUpMicros);
    const carrying = Math.max(1, specReplicas - onTheWay);
    const raw = Math.ceil((carrying * value) / target - HAIR);
    const desired = Math.max(specReplicas, raw);
    const numbers = { value, target, carrying, warming: onTheWay };
    const rules: Rule[] = [{ rule: 'target', before: specReplicas, after: desired, numbers }];
    if (desired > specReplicas && this.coolDown.holdsOut(now, scaleOutCooldownMicros)) {
      const cooldownSeconds = scaleOutCooldownMicros / 1e6;
      rules.push({ rule: 'scale-out-cooldown', before: desired, after: specReplicas, numbers: { cooldownSeconds } });
      return proposal(raw, specReplicas, rules, 'cooldown', reading);
    }
    return proposal(raw, desired, rules, desired === specReplicas ? 'warming-up' : 'scaled-up', reading);
  }

  private scaleIn(input: HorizontalInput, value: number, reading: MetricReading): HorizontalProposal {
    const { target, warmUpMicros, scaleInCooldownMicros, scaleIn } = this.settings;
    const { now, specReplicas, pods } = input;
    const raw = Math.max(1, Math.ceil((specReplicas * value) / target - HAIR));
    const desired = Math.min(specReplicas, raw);
    const rules: Rule[] = [{ rule: 'target', before: specReplicas, after: desired, numbers: { value, target } }];
    const held = (rule: string, numbers: Rule['numbers']): HorizontalProposal =>
      proposal(raw, specReplicas, [...rules, { rule, before: desired, after: specReplicas, numbers }], rule, reading);
    if (!scaleIn) return held('scale-in-disabled', {});
    const onTheWay = warming(pods, specReplicas, now, warmUpMicros);
    if (onTheWay > 0) return held('warming-up', { warming: onTheWay });
    if (this.coolDown.holdsIn(now, scaleInCooldownMicros)) {
      return held('scale-in-cooldown', { cooldownSeconds: scaleInCooldownMicros / 1e6 });
    }
    return proposal(raw, desired, rules, desired === specReplicas ? 'at-target' : 'scaled-down', reading);
  }
}

/** An alarm keeps its state until the next datapoint, and so does what it does not know. */
function between(specReplicas: number, reading: MetricReading, blind: boolean): HorizontalProposal {
  const held = proposal(blind ? null : specReplicas, specReplicas, [], 'between-datapoints', reading);
  return blind ? { ...held, abstains: true } : held;
}

function unchanged(
  { specReplicas }: HorizontalInput,
  reading: MetricReading,
  high: AlarmState,
  value: number | string,
): HorizontalProposal {
  const blind = !high.breaches && high.why === 'insufficient-data';
  const numbers = { why: typeof value === 'string' ? value : 'too few datapoints yet' };
  const rules: Rule[] = blind
    ? [{ rule: 'insufficient-data', before: specReplicas, after: specReplicas, numbers }]
    : [];
  const held = proposal(
    blind ? null : specReplicas,
    specReplicas,
    rules,
    blind ? 'insufficient-data' : 'at-target',
    reading,
  );
  return blind ? { ...held, abstains: true } : held;
}

function proposal(
  rawDesired: number | null,
  desired: number,
  rules: readonly Rule[],
  reason: string,
  reading: MetricReading,
): HorizontalProposal {
  return { rawDesired, desired, winner: rawDesired === null ? null : reading.name, metrics: [reading], rules, reason };
}

const schema = z
  .strictObject({
    ...metricFields,
    period: zPositiveDuration.prefault('1m').describe('Length of a datapoint, which is the mean over it.'),
    outAfter: z.int().min(1).max(1440).default(3).describe('Datapoints above the target before it scales out.'),
    inAfter: z.int().min(1).max(1440).default(15).describe('Datapoints well below the target before it scales in.'),
    inBelow: zShare.prefault('90%').describe('Well below: less than this share of the target.'),
    warmUp: zDuration
      .prefault('5m')
      .describe('So long after a pod is ready it is left out of the metric, and nothing is scaled in.'),
    scaleOutCooldown: zDuration.prefault('0s').describe('Least time between two scale-outs.'),
    scaleInCooldown: zDuration.prefault('0s').describe('Least time from any change to a scale-in.'),
    scaleIn: z.boolean().default(true).describe('Whether it scales in at all.'),
  })
  .transform((written, context): z.input<typeof zSettings> => {
    const tracked = readTracked(written);
    if (typeof tracked === 'string') {
      context.addIssue({ code: 'custom', message: tracked });
      return z.NEVER;
    }
    const { period, warmUp, scaleOutCooldown, scaleInCooldown, outAfter, inAfter, inBelow, scaleIn } = written;
    return {
      metric: tracked.metric,
      target: tracked.level,
      periodMicros: period,
      warmUpMicros: warmUp,
      scaleOutCooldownMicros: scaleOutCooldown,
      scaleInCooldownMicros: scaleInCooldown,
      outAfter,
      inAfter,
      inBelow,
      scaleIn,
    };
  })
  .pipe(zSettings);

/**
 * Target tracking as of Amazon EC2 Auto Scaling: alarms on both sides of a target, scaling in proportion.
 *
 * Source: Amazon EC2 Auto Scaling user guide, "Target tracking scaling policies" and "Set the default instance warmup". How fast AWS
 * scales in is not documented; here it goes to what the target needs at once, rounded up.
 */
export const targetTracking: PolicyDefinition = {
  name: 'target-tracking',
  description: 'A metric kept at a target as AWS does it: alarms above and well below it, warm-up and cool-down.',
  schema,
  judge: (config, place) => trackedObjection(zSettings.parse(config).metric, place, []),
  create: (config) => new TargetTrackingPolicy(zSettings.parse(config)),
};
