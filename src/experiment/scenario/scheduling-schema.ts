import { z } from 'zod';
import { HOSTNAME_LABEL, REGION_LABEL, ZONE_LABEL } from '../../domain/scheduling/labels.js';
import { parseTaint, parseToleration } from '../../domain/scheduling/parse-taint.js';

/** Labels by key; numbers and truth values count as their words. */
export const labelsSchema = z.record(
  z.string().min(1),
  z.union([z.string(), z.number(), z.boolean()]).transform(String),
);

const zEffect = z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

/** `batch=true:NoSchedule`, or its parts. */
export const taintSchema = z
  .union([
    z.string().transform((text, context) => {
      const taint = parseTaint(text);
      if (taint !== null) return taint;
      context.addIssue({ code: 'custom', message: 'must be a taint as kubectl writes it, as batch=true:NoSchedule' });
      return z.NEVER;
    }),
    z.strictObject({ key: z.string().min(1), value: z.string().prefault(''), effect: zEffect }),
  ])
  .meta({ description: 'a taint, as batch=true:NoSchedule or { key: batch, value: "true", effect: NoSchedule }' });

const tolerationSchema = z
  .union([
    z.string().transform((text, context) => {
      const toleration = parseToleration(text);
      if (toleration !== null) return toleration;
      const message = 'must be the taint that is tolerated, as batch=true:NoSchedule, batch:NoSchedule or batch';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
    z
      .strictObject({
        key: z.string().min(1).optional(),
        operator: z.enum(['Equal', 'Exists']).prefault('Equal'),
        value: z.string().optional(),
        effect: zEffect.optional(),
      })
      .refine(({ key, operator }) => key !== undefined || operator === 'Exists', {
        path: ['key'],
        message: 'must be given unless operator is Exists',
      }),
  ])
  .meta({ description: 'a taint that is tolerated, as batch=true:NoSchedule, or batch for every value and effect' });

interface ValueRule {
  readonly fits: (values: readonly string[]) => boolean;
  readonly message: string;
}

const some: ValueRule = { fits: ({ length }) => length > 0, message: 'must have at least one value' };
const none: ValueRule = { fits: ({ length }) => length === 0, message: 'must be left out, as only the key counts' };
const whole: ValueRule = {
  fits: (values) => values.length === 1 && /^-?\d+$/.test(values[0]),
  message: 'must be one whole number',
};

const VALUES_OF = { In: some, NotIn: some, Exists: none, DoesNotExist: none, Gt: whole, Lt: whole } as const;

const expressionSchema = z
  .strictObject({
    key: z.string().min(1),
    operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']).prefault('In'),
    values: z.array(z.union([z.string(), z.number()]).transform(String)).prefault([]),
  })
  .superRefine(({ operator, values }, context) => {
    const { fits, message } = VALUES_OF[operator];
    if (!fits(values)) context.addIssue({ code: 'custom', path: ['values'], message });
  });

const termSchema = z
  .strictObject({ matchExpressions: z.array(expressionSchema).min(1) })
  .meta({ description: 'Requirements on labels that must all hold.' });

const zWeight = z.int().min(1).max(100);
const LONG: Readonly<Record<string, string>> = { hostname: HOSTNAME_LABEL, zone: ZONE_LABEL, region: REGION_LABEL };

const topologyKeySchema = z
  .string()
  .min(1)
  .transform((key) => (Object.hasOwn(LONG, key) ? LONG[key] : key))
  .meta({
    description: 'Label of nodes that names the domain; hostname, zone and region are short for those of Kubernetes.',
  });

const companyFields = {
  topologyKey: topologyKeySchema,
  workloads: z.array(z.string().min(1)).min(1).optional().meta({
    description: 'Whose pods are meant; those of the workload itself if left out.',
  }),
};

const companySchema = z.strictObject({
  required: z.array(z.strictObject(companyFields)).min(1).optional(),
  preferred: z
    .array(z.strictObject({ ...companyFields, weight: zWeight.prefault(100) }))
    .min(1)
    .optional(),
});

const apartSchema = z.union([
  topologyKeySchema.transform((topologyKey): z.output<typeof companySchema> => ({ required: [{ topologyKey }] })),
  companySchema,
]);

const affinitySchema = z.strictObject({
  nodeAffinity: z
    .strictObject({
      required: z.array(termSchema).min(1).optional().meta({ description: 'One of the terms must hold.' }),
      preferred: z
        .array(z.strictObject({ weight: zWeight.prefault(100), preference: termSchema }))
        .min(1)
        .optional(),
    })
    .optional(),
  podAffinity: companySchema.optional().meta({ description: 'Domains that must, or had better, have such pods.' }),
  podAntiAffinity: apartSchema.optional().meta({
    description:
      'Domains that must not, or had better not, have such pods; hostname alone keeps the pods of the workload apart.',
  }),
});

const spreadSchema = z.union([
  topologyKeySchema.transform((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule' as const,
    minDomains: 1,
  })),
  z.strictObject({
    topologyKey: topologyKeySchema,
    maxSkew: z.int().min(1).prefault(1).meta({ description: 'Most that a domain may have more than the emptiest.' }),
    whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']).prefault('DoNotSchedule'),
    minDomains: z.int().min(1).prefault(1).meta({
      description: 'With fewer domains than this the emptiest counts as empty.',
    }),
  }),
]);

/** Source: Kubernetes, HighestUserDefinablePriority. */
const HIGHEST_PRIORITY = 1_000_000_000;

/** The value of a PriorityClass. */
export const prioritySchema = z.int().min(-2_147_483_648).max(HIGHEST_PRIORITY);

/** What keeps pods to some of the nodes. */
export const placeFields = {
  nodeSelector: labelsSchema.optional().meta({ description: 'Labels that a node must have.' }),
  tolerations: z.array(tolerationSchema).min(1).optional().meta({
    description: 'Taints of nodes that the pods put up with, as batch=true:NoSchedule.',
  }),
};

/** The fields of a workload about where its pods are placed, and who goes first. */
export const schedulingFields = {
  ...placeFields,
  affinity: affinitySchema.optional().meta({
    description: 'Affinity to nodes and to pods; required stands for requiredDuringSchedulingIgnoredDuringExecution.',
  }),
  topologySpread: z.array(spreadSchema).min(1).optional().meta({
    description:
      'How evenly the pods are spread (topologySpreadConstraints), as [zone] or [{ topologyKey: zone, maxSkew: 2 }].',
  }),
  priority: prioritySchema.optional().meta({
    description:
      'The value of its PriorityClass: higher ones are placed first, may drive out lower ones, and grow first under a quota; 0 if left out.',
  }),
  preemptionPolicy: z.enum(['PreemptLowerPriority', 'Never']).optional().meta({
    description: 'Whether its pods may drive out others; they may if left out.',
  }),
};

/** Those fields as written, defaults filled in. */
export type SchedulingSection = z.output<z.ZodObject<typeof schedulingFields>>;
