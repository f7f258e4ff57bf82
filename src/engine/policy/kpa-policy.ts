import type { MetricReading } from '../../domain/decision.js';
import type { EngineWorkload } from '../../domain/engine-config.js';
import type { MetricSample, PodView } from '../../domain/observation.js';
import { seconds } from '../../kernel/micros.js';
import type { HorizontalInput, HorizontalPolicy, HorizontalProposal, PolicyDefinition } from '../ports.js';
import { DelayWindow } from './kpa/delay-window.js';
import { KpaDecider, type KpaResult } from './kpa/kpa-decider.js';
import { initialPanic } from './kpa/panic.js';
import { initialActivity, nextActivity, type RevisionActivity } from './kpa/revision-activity.js';
import { type RevisionLimits, scaleRevision } from './kpa/scale-revision.js';
import { type KpaLoad, KpaLoadWindows } from './kpa-load.js';
import { kpaReason } from './kpa-reason.js';
import { zKpa } from './kpa-schema.js';
import { type KpaSettings, zKpaSettings } from './kpa-settings.js';

/** Knative decides every two seconds; its scale-down delay is counted in these steps, whatever the engine's tick. */
const TICK = seconds(2);

const metricNames = { concurrency: 'in_flight', rps: 'requests_per_second' } as const;

class KpaPolicy implements HorizontalPolicy {
  private readonly limits: RevisionLimits;
  private readonly windows: KpaLoadWindows;
  private decider: KpaDecider | null = null;
  private activity: RevisionActivity | null = null;

  constructor(
    private readonly settings: KpaSettings,
    { minReplicas, maxReplicas }: EngineWorkload,
  ) {
    this.limits = { ...settings.zero, minScale: minReplicas, maxScale: maxReplicas };
    this.windows = new KpaLoadWindows(settings);
  }

  decide(input: HorizontalInput): HorizontalProposal {
    const readyPods = countReady(input.pods);
    const sample = this.sample(input);
    const load = typeof sample === 'string' ? null : this.windows.take(sample);
    const result = this.wanted(input, readyPods, load);
    const scale = this.scaled(input, readyPods, result);
    const desired = scale.replicas ?? input.specReplicas;
    const rules = [...result.rules, ...scale.rules];
    return {
      rawDesired: result.rawStable,
      desired,
      ...(result.valid ? {} : { abstains: true }),
      winner: result.valid ? this.settings.metric : null,
      metrics: this.readings(load, typeof sample === 'string' ? sample : null, result),
      rules,
      reason: kpaReason({ ...result, rules }, { desired, input }),
    };
  }

  /** The newest sample, or why there is none that may be acted upon. */
  private sample({ observation }: HorizontalInput): MetricSample | string {
    if (observation.status !== 'fresh') return observation.reason;
    const name = metricNames[this.settings.metric];
    return Object.hasOwn(observation.metrics, name)
      ? observation.metrics[name]
      : `no sample of ${name} that is recent enough`;
  }

  private wanted({ now }: HorizontalInput, readyPods: number, load: KpaLoad | null): KpaResult {
    const { spec } = this.settings;
    const delay = spec.scaleDownDelay;
    this.decider ??= new KpaDecider(
      spec,
      initialPanic(readyPods, now),
      delay > 0 ? new DelayWindow(delay, TICK) : null,
    );
    return this.decider.scale(now, { readyPods, stable: load?.stable ?? null, panic: load?.panic ?? null });
  }

  /** Where it cannot be told what is wanted, everything stays, the activity included. */
  private scaled({ now, specReplicas }: HorizontalInput, readyPods: number, result: KpaResult) {
    this.activity ??= initialActivity(specReplicas, now);
    if (!result.valid) return { replicas: null, rules: [] };
    const scale = scaleRevision(this.limits, this.activity, { desired: result.desiredPods, specReplicas }, now);
    const { excessBurstCapacity } = result;
    const { minScale, initialScale } = this.limits;
    const state = { want: scale.want, readyPods, excessBurstCapacity, minScale, initialScale };
    this.activity = nextActivity(this.activity, state, now);
    return scale;
  }

  private readings(load: KpaLoad | null, invalid: string | null, { rawStable }: KpaResult): readonly MetricReading[] {
    const { metric, spec } = this.settings;
    const shared = { target: spec.target, unit: metric === 'rps' ? '/s' : '', invalid };
    const rawPanic = load === null ? null : Math.ceil(load.panic / spec.target);
    return [
      { name: metric, value: load?.stable ?? null, ...shared, proposal: rawStable },
      { name: `${metric}/panic`, value: load?.panic ?? null, ...shared, proposal: rawPanic },
    ];
  }
}

function countReady(pods: readonly PodView[]): number {
  let count = 0;
  for (const { ready, terminating } of pods) if (ready === true && !terminating) count += 1;
  return count;
}

/** Knative's pod autoscaler. */
export const kpa: PolicyDefinition = {
  name: 'kpa',
  description: 'The pod autoscaler of Knative: load a pod over a stable and a panic window, down to zero pods.',
  schema: zKpa,
  create: (config, workload) => new KpaPolicy(zKpaSettings.parse(config), workload),
};
