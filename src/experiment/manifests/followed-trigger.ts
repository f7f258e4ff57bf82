import { cronTrigger } from './cron-trigger.js';
import type { Leaf } from './draft.js';
import { guessed, known } from './draft-parts.js';
import { numberText } from './format-quantity.js';
import { metricOfTrigger } from './keda-trigger.js';
import { measuredBy, metricForms } from './metric-forms.js';
import type { ScaledObjectManifest } from './scaled-object-manifest.js';
import type { ScalingMetric } from './scaling-metric.js';
import type { WorkloadManifest } from './workload-manifest.js';

/** A trigger as the scenario has it. */
export interface FollowedTrigger {
  readonly leaf: Leaf;
  /** What it looks at; null for the clock. */
  readonly metric: ScalingMetric | null;
}

/** What a trigger is about. */
export interface TriggerPlace {
  readonly workload: WorkloadManifest;
  /** What the scenario calls it. */
  readonly name: string;
}

/** A trigger in the notation of the `keda` policy; null where the policy has none that comes near. Throws InputError at a value that cannot be read. */
export function followedTrigger(
  scaledObject: ScaledObjectManifest,
  i: number,
  { workload, name }: TriggerPlace,
): FollowedTrigger | null {
  const { manifest, triggers } = scaledObject;
  if (triggers[i].type === 'cron') return { leaf: cronTrigger(scaledObject, i, name), metric: null };
  const metric = metricOfTrigger(scaledObject, i);
  if (metric === null) return null;
  const { candidates, takenFor } = metricForms(metric, workload);
  const written = isResource(metric) ? ofResource(candidates) : ofMetric(metric, triggers[i].metadata);
  if (written === null) return null;
  const [type, ...further] = written;
  const text = flow([type, ...(type[1] === name ? [] : [['name', name] as const]), ...further]);
  if (takenFor === null) return { leaf: known(text, manifest.origin(metric.path, metric.words)), metric };
  const why = `${manifest.place(metric.path)} ${metric.words}, is taken for ${takenFor}`;
  return {
    leaf: guessed(text, {
      topic: 'scaling',
      why,
      measure: `kubectl get hpa keda-hpa-${manifest.name}, which shows what the trigger gives`,
    }),
    metric,
  };
}

/** Keys and values in their order, `type` first. */
type Written = readonly [Pair, ...Pair[]];
type Pair = readonly [key: string, value: string | number];

function isResource({ source }: ScalingMetric): boolean {
  return source === 'Resource' || source === 'ContainerResource';
}

/** `{ cpu: 60% }` of a metric is `{ type: cpu, target: 60% }` of a trigger. */
function ofResource([candidate]: readonly string[]): Written | null {
  const found = /^\{ (cpu|memory): (.+) \}$/.exec(candidate ?? '');
  if (found === null) return null;
  return [
    ['type', found[1]],
    ['target', found[2]],
  ];
}

function ofMetric(metric: ScalingMetric, metadata: Readonly<Record<string, string>>): Written | null {
  const meant = measuredBy(metric.name);
  const { target } = metric;
  if (meant === null || target.type === 'Utilization') return null;
  const amount = Number(numberText(target.amount));
  const active = activationOf(metadata);
  const awake = (key: string): Pair[] => (active === null ? [] : [[key, active]]);
  if (target.type === 'Value') {
    return [
      ['type', 'prometheus'],
      ['metric', meant],
      ['threshold', amount],
      ['metricType', 'Value'],
      ...awake('activationThreshold'),
    ];
  }
  const goal = (type: string, value: string | number, ...more: Pair[]): Written => [
    ['type', type],
    ...more,
    ['target', value],
    ...awake('activation'),
  ];
  if (meant === 'requests_per_second') return goal('requests', `${amount}/s`);
  return meant === 'in_flight' ? goal('requests', amount) : goal('queue', amount, ['metric', meant]);
}

/** `activationThreshold`, `activationLagThreshold`, `activationValue`, ...: each scaler has its own word. */
function activationOf(metadata: Readonly<Record<string, string>>): number | null {
  const key = Object.keys(metadata).find((one) => one.startsWith('activation'));
  const value = key === undefined ? NaN : Number(metadata[key]);
  return Number.isFinite(value) && value !== 0 ? value : null;
}

function flow(written: readonly Pair[]): string {
  return `{ ${written.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
}
