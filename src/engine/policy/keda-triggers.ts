import type { NamedMetric } from '../../domain/named-metric.js';
import type { HorizontalInput } from '../ports.js';
import { CronWindow } from './keda/cron-window.js';
import type { Fallback } from './keda/fallback.js';
import type { ExternalTrigger, MetricTrigger, TriggerReading } from './keda/trigger.js';
import { TriggerHealth, type TriggerOutcome } from './keda/trigger-health.js';

/** The triggers of a target, with what is remembered of their failures. */
export class KedaTriggers {
  private readonly health: TriggerHealth;
  private readonly windows: ReadonlyMap<string, CronWindow>;

  constructor(
    private readonly triggers: readonly ExternalTrigger[],
    fallback: Fallback | null,
  ) {
    this.health = new TriggerHealth(fallback);
    this.windows = new Map(
      triggers.flatMap((trigger) => (trigger.kind === 'cron' ? [[trigger.name, new CronWindow(trigger)]] : [])),
    );
  }

  /** Reads every trigger, once a tick: a failure counts once a tick. */
  read(input: HorizontalInput): ReadonlyMap<string, TriggerOutcome> {
    return new Map(
      this.triggers.map((trigger) => {
        const { name } = trigger;
        return [
          name,
          this.health.judge(name, targetOf(trigger, input), this.reading(trigger, input), input.specReplicas),
        ];
      }),
    );
  }

  private reading(trigger: ExternalTrigger, input: HorizontalInput): TriggerReading {
    if (trigger.kind === 'metric') return readMetric(trigger, input);
    const window = this.windows.get(trigger.name);
    return window?.read(input.originEpochMicros + input.now) ?? { problem: 'its window is not known' };
  }
}

/** What a trigger is kept at for each replica; a target for the whole is shared by the pods that are ready, as the autoscaler reckons. */
function targetOf(trigger: ExternalTrigger, { pods }: HorizontalInput): number {
  if (trigger.kind === 'cron') return 1;
  const target = trigger.targetMilli / 1000;
  return trigger.metricType === 'Value'
    ? target / Math.max(1, pods.filter(({ ready }) => ready === true).length)
    : target;
}

/** Figures that are too old count as a failure: KEDA gets an error from a source that does not answer. */
function readMetric(
  { metric, workload, activation }: MetricTrigger,
  { observation, observations }: HorizontalInput,
): TriggerReading {
  const known = workload === null ? observation : observations.get(workload);
  if (known === undefined) return { problem: `there is no workload called ${workload}` };
  const named = known.named?.get(metric);
  if (named !== undefined) return readNamed(named, activation);
  if (known.status !== 'fresh') return { problem: known.reason };
  if (!Object.hasOwn(known.metrics, metric)) {
    const names = Object.keys(known.metrics).join(', ');
    return {
      problem: `there is no recent ${metric} of ${known.workload}; there is ${names === '' ? 'nothing' : names}`,
    };
  }
  const { value } = known.metrics[metric];
  return { value, isActive: value > activation };
}

/** KEDA's prometheus scaler takes an expression that gives one number, and no other. */
function readNamed({ elements, missing }: NamedMetric, activation: number): TriggerReading {
  if (missing?.done === 'hold' || missing?.done === 'ignore') return { unmeasured: missing.done };
  if (elements.length === 1) return { value: elements[0].value, isActive: elements[0].value > activation };
  return { problem: missing?.why ?? `its expression gives ${elements.length} values, it has to give one` };
}
