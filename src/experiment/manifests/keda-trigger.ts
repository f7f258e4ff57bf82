import type { Path } from '../scenario/tree.js';
import { parseKubeQuantity } from './kube-quantity.js';
import type { KedaTrigger, ScaledObjectManifest } from './scaled-object-manifest.js';
import type { ScalingMetric, ScalingTarget } from './scaling-metric.js';

/** Where a trigger keeps its target, what KEDA takes without one, and the field that says what is watched. */
interface TriggerKind {
  readonly target: string;
  readonly fallback: string | null;
  readonly watched: string;
}

/** Source: keda.sh/docs, Scalers. */
const kinds: ReadonlyMap<string, TriggerKind> = new Map([
  ['prometheus', { target: 'threshold', fallback: null, watched: 'query' }],
  ['kafka', { target: 'lagThreshold', fallback: '10', watched: 'topic' }],
  ['rabbitmq', { target: 'value', fallback: null, watched: 'queueName' }],
  ['aws-sqs-queue', { target: 'queueLength', fallback: '5', watched: 'queueURL' }],
  ['redis', { target: 'listLength', fallback: '5', watched: 'listName' }],
  ['azure-servicebus', { target: 'messageCount', fallback: '5', watched: 'queueName' }],
  ['gcp-pubsub', { target: 'value', fallback: '10', watched: 'subscriptionName' }],
]);

/** Triggers that count what waits, whatever the thing is called. */
const queues: ReadonlySet<string> = new Set([...kinds.keys()].filter((type) => type !== 'prometheus'));

/** A trigger as a metric of the autoscaler that KEDA makes of it; null where it is none that has a target. Throws InputError at a target that cannot be read. */
export function metricOfTrigger(scaledObject: ScaledObjectManifest, i: number): ScalingMetric | null {
  const trigger = scaledObject.triggers[i];
  const path: Path = ['spec', 'triggers', i];
  if (trigger.type === 'cpu' || trigger.type === 'memory') return ofResource(scaledObject, trigger, path);
  const kind = kinds.get(trigger.type);
  return kind === undefined ? null : ofKind(scaledObject, trigger, kind, path);
}

function ofKind(
  scaledObject: ScaledObjectManifest,
  { type, metadata, metricType }: KedaTrigger,
  kind: TriggerKind,
  path: Path,
): ScalingMetric | null {
  const written = metadata[kind.target] ?? metadata.queueLength ?? kind.fallback;
  if (written === null) return null;
  const amount = parseKubeQuantity(written);
  if (amount === null) return refuse(scaledObject, [...path, 'metadata', kind.target], written);
  const watched = metadata[kind.watched] ?? metadata.metricName ?? '';
  return {
    source: 'External',
    name: queues.has(type) ? `${type} queue` : watched,
    container: null,
    target: { type: metricType === 'Value' ? 'Value' : 'AverageValue', amount },
    path,
    words: `${type} trigger ${watched.replace(/\s+/g, ' ').trim()}, ${kind.target} ${written}`,
  };
}

function ofResource(scaledObject: ScaledObjectManifest, trigger: KedaTrigger, path: Path): ScalingMetric {
  const { type: resource, metadata, metricType } = trigger;
  const type = metricType ?? metadata.type ?? 'Utilization';
  const written = metadata.value ?? '';
  const amount = parseKubeQuantity(written);
  const target: ScalingTarget | null =
    amount === null || amount === 0
      ? null
      : type === 'Utilization'
        ? { type: 'Utilization', percent: Math.round(amount) }
        : { type: 'AverageValue', amount };
  if (target === null) return refuse(scaledObject, [...path, 'metadata', 'value'], written);
  const container = metadata.containerName ?? null;
  return {
    source: container === null ? 'Resource' : 'ContainerResource',
    name: resource,
    container,
    target,
    path: [...path, 'metadata', 'value'],
    words: `${resource} trigger, ${type} ${written}`,
  };
}

function refuse({ manifest }: ScaledObjectManifest, path: Path, written: string): never {
  return manifest.reject(path, `must be a number or a quantity, as "60" or 500m, was ${JSON.stringify(written)}`);
}
