import { z } from 'zod';
import type { Manifest } from './manifest.js';

const zLabels = z.record(z.string(), z.string());

const zExpression = z.object({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
  values: z.array(z.union([z.string(), z.number()]).transform(String)).default([]),
});

const zNodeTerm = z.object({ matchExpressions: z.array(zExpression).default([]) });

const zSelector = z.object({
  matchLabels: zLabels.default({}),
  matchExpressions: z.array(zExpression).default([]),
});

const zCompany = z.object({ topologyKey: z.string(), labelSelector: zSelector.optional() });

const zPodAffinity = z
  .object({
    requiredDuringSchedulingIgnoredDuringExecution: z.array(zCompany).default([]),
    preferredDuringSchedulingIgnoredDuringExecution: z
      .array(z.object({ weight: z.int(), podAffinityTerm: zCompany }))
      .default([]),
  })
  .prefault({});

const zAffinity = z
  .object({
    nodeAffinity: z
      .object({
        requiredDuringSchedulingIgnoredDuringExecution: z
          .object({ nodeSelectorTerms: z.array(zNodeTerm).default([]) })
          .optional(),
        preferredDuringSchedulingIgnoredDuringExecution: z
          .array(z.object({ weight: z.int(), preference: zNodeTerm }))
          .default([]),
      })
      .prefault({}),
    podAffinity: zPodAffinity,
    podAntiAffinity: zPodAffinity,
  })
  .prefault({});

const zToleration = z.object({
  key: z.string().optional(),
  operator: z.enum(['Equal', 'Exists']).default('Equal'),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
});

const zSpread = z.object({
  topologyKey: z.string(),
  maxSkew: z.int().min(1),
  whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
  minDomains: z.int().min(1).optional(),
  labelSelector: zSelector.optional(),
});

const zPolicy = z.enum(['PreemptLowerPriority', 'Never']).optional();

const zPod = z.object({
  nodeSelector: zLabels.default({}),
  tolerations: z.array(zToleration).default([]),
  affinity: zAffinity,
  topologySpreadConstraints: z.array(zSpread).default([]),
  priorityClassName: z.string().optional(),
  preemptionPolicy: zPolicy,
});

/** What a pod's specification says about where it is placed, and who goes first. */
export type PodScheduling = z.output<typeof zPod>;

/** A selector of pods by their labels. */
export type PodSelector = z.output<typeof zSelector>;

/** Pods that are wanted near or far. */
export type CompanyTerm = z.output<typeof zCompany>;

/** Reads it from a Deployment, StatefulSet or ReplicaSet. Throws InputError with file and line at a field that is wrong. */
export function readPodScheduling(manifest: Manifest): PodScheduling {
  return manifest.read(z.object({ spec: z.object({ template: z.object({ spec: zPod }) }) })).spec.template.spec;
}

const zPriorityClass = z.object({
  value: z.int(),
  globalDefault: z.boolean().default(false),
  preemptionPolicy: zPolicy,
});

/** A PriorityClass. */
export interface PriorityClassManifest extends z.output<typeof zPriorityClass> {
  readonly manifest: Manifest;
}

/** Reads a PriorityClass. Throws InputError with file and line where one is wrong. */
export function readPriorityClass(manifest: Manifest): PriorityClassManifest {
  return { manifest, ...manifest.read(zPriorityClass) };
}
