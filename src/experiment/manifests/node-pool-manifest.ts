import { z } from 'zod';
import { zResourceList } from './container-schema.js';
import type { Manifest } from './manifest.js';

const zRequirement = z.object({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Gte', 'Lte']),
  values: z.array(z.union([z.string(), z.number()]).transform(String)).default([]),
});

const zNodePool = z.object({
  spec: z.object({
    weight: z.int().default(0),
    limits: zResourceList.default({}),
    template: z.object({ spec: z.object({ requirements: z.array(zRequirement).default([]) }) }),
  }),
});

/** What a node must be to belong to a pool. */
export type NodeRequirement = z.output<typeof zRequirement>;

/** A NodePool of Karpenter. */
export interface NodePoolManifest {
  readonly manifest: Manifest;
  /** The pool of the largest weight is tried first. */
  readonly weight: number;
  /** Cores over all nodes of the pool; null where there is no limit. */
  readonly cpuLimit: number | null;
  readonly requirements: readonly NodeRequirement[];
}

/** Reads a NodePool of Karpenter. Throws InputError with file and line where one is wrong. */
export function readNodePool(manifest: Manifest): NodePoolManifest {
  const { weight, limits, template } = manifest.read(zNodePool).spec;
  return { manifest, weight, cpuLimit: limits.cpu ?? null, requirements: template.spec.requirements };
}
