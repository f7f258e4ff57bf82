import { z } from 'zod';

const zLabels = z.record(z.string(), z.string());
const zEffect = z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

const zRequirement = z.strictObject({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
  values: z.array(z.string()),
});

const zSelector = z.strictObject({
  matchLabels: zLabels.optional(),
  matchExpressions: z.array(zRequirement).optional(),
});

const zTerm = z.array(zRequirement);
const zCompany = z.strictObject({ selector: zSelector, topologyKey: z.string() });

/** Labels and taints of a pool in the header of a journal. */
export const markFields = {
  labels: zLabels.optional(),
  taints: z.array(z.strictObject({ key: z.string(), value: z.string(), effect: zEffect })).optional(),
};

/** What pods ask of nodes, in the header of a journal. */
export const zConstraints = z.strictObject({
  nodeSelector: zLabels.optional(),
  requiredNodes: z.array(zTerm).optional(),
  preferredNodes: z.array(z.strictObject({ weight: z.number(), term: zTerm })).optional(),
  tolerations: z
    .array(
      z.strictObject({
        key: z.string().optional(),
        operator: z.enum(['Equal', 'Exists']),
        value: z.string().optional(),
        effect: zEffect.optional(),
      }),
    )
    .optional(),
  affinity: z.array(zCompany).optional(),
  antiAffinity: z.array(zCompany).optional(),
  preferredPods: z.array(z.strictObject({ weight: z.number(), term: zCompany })).optional(),
  spread: z
    .array(
      zCompany.extend({
        maxSkew: z.number(),
        whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
        minDomains: z.number(),
      }),
    )
    .optional(),
  priority: z.number().optional(),
  preempts: z.literal(false).optional(),
});
