import { z } from 'zod';
import { type KubeBehavior, zKubeBehavior } from './kube-behavior.js';
import type { Manifest } from './manifest.js';
import { type TargetReference, zTargetReference } from './target-reference.js';

const zCount = z.int().min(0).max(100_000);

const zTrigger = z.object({
  type: z.string().min(1),
  name: z.string().optional(),
  metricType: z.enum(['Utilization', 'AverageValue', 'Value']).optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
});

const zScaledObject = z.object({
  spec: z.object({
    scaleTargetRef: zTargetReference,
    minReplicaCount: zCount.default(0),
    maxReplicaCount: zCount.min(1).default(100),
    idleReplicaCount: zCount.optional(),
    pollingInterval: z.int().optional(),
    cooldownPeriod: z.int().optional(),
    initialCooldownPeriod: z.int().optional(),
    fallback: z
      .object({
        failureThreshold: z.int().optional(),
        replicas: z.int().optional(),
        behavior: z.string().optional(),
      })
      .optional(),
    advanced: z
      .object({
        scalingModifiers: z
          .object({
            formula: z.string().optional(),
            target: z.coerce.number().optional(),
            activationTarget: z.coerce.number().optional(),
            metricType: z.string().optional(),
          })
          .optional(),
        horizontalPodAutoscalerConfig: z.object({ behavior: zKubeBehavior.optional() }).optional(),
      })
      .optional(),
    triggers: z.array(zTrigger).min(1),
  }),
});

/** A trigger of KEDA; values of its metadata are texts. */
export type KedaTrigger = z.output<typeof zTrigger>;

type Spec = z.output<typeof zScaledObject>['spec'];

/** A ScaledObject of KEDA. */
export interface ScaledObjectManifest {
  readonly manifest: Manifest;
  readonly target: TargetReference;
  readonly min: number;
  readonly max: number;
  readonly behavior: KubeBehavior | null;
  /** At least one. */
  readonly triggers: readonly KedaTrigger[];
  /** All of it. */
  readonly spec: Spec;
}

/** Reads a ScaledObject; what it leaves out is as KEDA has it. Throws InputError with file and line where one is wrong. */
export function readScaledObject(manifest: Manifest): ScaledObjectManifest {
  const { spec } = manifest.read(zScaledObject);
  const { minReplicaCount: min, maxReplicaCount: max } = spec;
  if (min > max) manifest.reject(['spec', 'maxReplicaCount'], `must be at least minReplicaCount (${min}), was ${max}`);
  const behavior = spec.advanced?.horizontalPodAutoscalerConfig?.behavior ?? null;
  return { manifest, target: spec.scaleTargetRef, min, max, behavior, triggers: spec.triggers, spec };
}
