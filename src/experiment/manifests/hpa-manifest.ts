import { z } from 'zod';
import type { Path } from '../scenario/tree.js';
import { type KubeBehavior, zKubeBehavior } from './kube-behavior.js';
import { zKubeQuantity } from './kube-quantity.js';
import type { Manifest } from './manifest.js';
import type { ScalingMetric, ScalingTarget } from './scaling-metric.js';
import { type TargetReference, zTargetReference } from './target-reference.js';

const zCount = z.int().min(0).max(100_000);

const zSpec = z.object({
  scaleTargetRef: zTargetReference,
  minReplicas: zCount.optional(),
  maxReplicas: zCount.min(1).meta({ description: 'the most replicas, which Kubernetes demands' }),
});

const zTarget = z.object({
  averageUtilization: z.int().min(1).optional(),
  averageValue: zKubeQuantity.optional(),
  value: zKubeQuantity.optional(),
});

const zNamed = z.object({ metric: z.object({ name: z.string() }), target: zTarget });

const zMetric = z.object({
  type: z.enum(['Resource', 'ContainerResource', 'Pods', 'Object', 'External']),
  resource: z.object({ name: z.string(), target: zTarget }).optional(),
  containerResource: z.object({ name: z.string(), container: z.string(), target: zTarget }).optional(),
  pods: zNamed.optional(),
  object: zNamed.optional(),
  external: zNamed.optional(),
});

const zV1 = z.object({ spec: zSpec.extend({ targetCPUUtilizationPercentage: z.int().min(1).optional() }) });

const zV2 = z.object({
  spec: zSpec.extend({ metrics: z.array(zMetric).default([]), behavior: zKubeBehavior.optional() }),
});

/** A HorizontalPodAutoscaler. */
export interface HpaManifest {
  readonly manifest: Manifest;
  readonly target: TargetReference;
  /** Null where Kubernetes takes 1. */
  readonly min: number | null;
  readonly max: number;
  /** At least one. */
  readonly metrics: readonly ScalingMetric[];
  readonly behavior: KubeBehavior | null;
}

/** Reads a HorizontalPodAutoscaler: autoscaling/v1, v2beta2 or v2. Throws InputError with file and line where one is wrong. */
export function readHpa(manifest: Manifest): HpaManifest {
  if (manifest.apiVersion === 'autoscaling/v2beta1') {
    manifest.reject(
      ['apiVersion'],
      'must be autoscaling/v1, v2beta2 or v2, was v2beta1',
      'kubectl convert makes it v2.',
    );
  }
  const hpa = manifest.apiVersion === 'autoscaling/v1' ? readV1(manifest) : readV2(manifest);
  if (hpa.min !== null && hpa.min > hpa.max) {
    manifest.reject(['spec', 'maxReplicas'], `must be at least minReplicas (${hpa.min}), was ${hpa.max}`);
  }
  return hpa.metrics.length > 0 ? hpa : { ...hpa, metrics: [usual(manifest)] };
}

/** What Kubernetes takes where an autoscaler names no metric. Source: autoscaling/v2 HorizontalPodAutoscalerSpec, metrics. */
function usual(manifest: Manifest): ScalingMetric {
  const key = manifest.apiVersion === 'autoscaling/v1' ? 'targetCPUUtilizationPercentage' : 'metrics';
  return {
    source: 'Resource',
    name: 'cpu',
    container: null,
    target: { type: 'Utilization', percent: 80 },
    path: ['spec', key],
    words: `${key}, which is cpu at 80%`,
  };
}

function readV1(manifest: Manifest): HpaManifest {
  const { spec } = manifest.read(zV1);
  const percent = spec.targetCPUUtilizationPercentage;
  const metrics: readonly ScalingMetric[] =
    percent === undefined
      ? []
      : [
          {
            source: 'Resource',
            name: 'cpu',
            container: null,
            target: { type: 'Utilization', percent },
            path: ['spec', 'targetCPUUtilizationPercentage'],
            words: 'targetCPUUtilizationPercentage',
          },
        ];
  return { manifest, ...boundsOf(spec), metrics, behavior: null };
}

function readV2(manifest: Manifest): HpaManifest {
  const { spec } = manifest.read(zV2);
  const metrics = spec.metrics.map((metric, i) => metricOf(metric, ['spec', 'metrics', i], manifest));
  return { manifest, ...boundsOf(spec), metrics, behavior: spec.behavior ?? null };
}

function boundsOf(spec: z.output<typeof zSpec>) {
  return { target: spec.scaleTargetRef, min: spec.minReplicas ?? null, max: spec.maxReplicas };
}

const keys = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
} as const;

function metricOf(metric: z.output<typeof zMetric>, path: Path, manifest: Manifest): ScalingMetric {
  const key = keys[metric.type];
  const source = metric[key];
  if (source === undefined) {
    return manifest.reject([...path, key], `must be given for a metric of type ${metric.type}, was missing`);
  }
  const name = 'metric' in source ? source.metric.name : source.name;
  const container = 'container' in source ? source.container : null;
  const target = targetOf(source.target);
  if (target === null) {
    return manifest.reject([...path, key, 'target'], 'must have averageUtilization, averageValue or value, had none');
  }
  const of = container === null ? '' : ` of container ${container}`;
  const words = `${metric.type} metric ${name}${of}, ${describe(source.target)}`;
  return { source: metric.type, name, container, target, path, words };
}

type WrittenTarget = z.output<typeof zTarget>;

function targetOf({ averageUtilization, averageValue, value }: WrittenTarget): ScalingTarget | null {
  if (averageUtilization !== undefined) return { type: 'Utilization', percent: averageUtilization };
  if (averageValue !== undefined) return { type: 'AverageValue', amount: averageValue };
  return value === undefined ? null : { type: 'Value', amount: value };
}

function describe(target: WrittenTarget): string {
  return Object.entries(target)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}
