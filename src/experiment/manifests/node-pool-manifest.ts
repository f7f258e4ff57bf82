import { z } from 'zod';
import type { Labels } from '../../domain/scheduling/labels.js';
import type { Taint } from '../../domain/scheduling/taint.js';
import { zResourceList } from './container-schema.js';
import type { Manifest } from './manifest.js';

const zRequirement = z.object({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Gte', 'Lte']),
  values: z.array(z.union([z.string(), z.number()]).transform(String)).default([]),
});

const zTaint = z.object({
  key: z.string(),
  value: z.string().default(''),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});

const zBudget = z.object({
  nodes: z.union([z.string(), z.int()]).default('10%'),
  reasons: z.array(z.string()).optional(),
  schedule: z.string().optional(),
  duration: z.string().optional(),
});

const zDisruption = z.object({
  consolidationPolicy: z.string().optional(),
  consolidateAfter: z.string().optional(),
  /** Where older versions had it. */
  expireAfter: z.string().optional(),
  budgets: z.array(zBudget).optional(),
});

const zNodePool = z.object({
  spec: z.object({
    weight: z.int().default(0),
    limits: zResourceList.default({}),
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }).prefault({}),
      spec: z.object({
        requirements: z.array(zRequirement).default([]),
        taints: z.array(zTaint).default([]),
        expireAfter: z.string().optional(),
      }),
    }),
    disruption: zDisruption.default({}),
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
  /** Labels that its template gives every node, and those that its requirements leave one value for. */
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  /** When nodes are replaced or taken away. */
  readonly disruption: z.output<typeof zDisruption>;
}

/** Reads a NodePool of Karpenter. Throws InputError with file and line where one is wrong. */
export function readNodePool(manifest: Manifest): NodePoolManifest {
  const { weight, limits, template, disruption } = manifest.read(zNodePool).spec;
  const { requirements, taints, expireAfter = disruption.expireAfter } = template.spec;
  const labels = { ...singleValues(requirements), ...template.metadata.labels };
  return {
    manifest,
    weight,
    cpuLimit: limits.cpu ?? null,
    requirements,
    labels,
    taints,
    disruption: { ...disruption, ...(expireAfter === undefined ? {} : { expireAfter }) },
  };
}

/** Keys of Kubernetes and of clouds follow from the type and the zone that nodes get. */
function singleValues(requirements: readonly NodeRequirement[]): Labels {
  const fixed = requirements.filter(({ key, operator, values }) => {
    return operator === 'In' && values.length === 1 && !/(^|\.)(kubernetes\.io|k8s\.aws|sh)\//.test(key);
  });
  return Object.fromEntries(fixed.map(({ key, values }) => [key, values[0]]));
}
