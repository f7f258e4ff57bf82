import { z } from 'zod';
import { zDistribution } from '../../domain/distribution-schema.js';
import { zCpu, zDuration, zMemory, zPositiveDuration, zShare, zTimes } from '../../domain/quantity.js';
import { imageSchema } from './image-schema.js';

const zCount = z.number().int().min(0).max(100_000);

const zPodCount = z
  .union([zCount.transform((count) => ({ count })), zShare.transform((share) => ({ share }))])
  .meta({ description: 'how many pods, as 1 or 25%' });

/** How new revisions of a workload's pods take the place of earlier ones. */
export const strategySchema = z
  .strictObject({
    type: z.enum(['RollingUpdate', 'Recreate']).prefault('RollingUpdate'),
    maxSurge: zPodCount.prefault('25%').meta({
      description: 'Pods beyond the replicas, as 1 or 25%; a share is rounded up.',
    }),
    maxUnavailable: zPodCount.prefault('25%').meta({
      description: 'Replicas that may be missing, as 1 or 25%; a share is rounded down.',
    }),
    minReady: zDuration.prefault('0s').meta({
      description: 'For how long a pod has to be ready to count as available (minReadySeconds).',
    }),
    progressDeadline: zPositiveDuration.prefault('10m').meta({
      description: 'Without progress for so long a rollout counts as stuck; it goes on (progressDeadlineSeconds).',
    }),
  })
  .optional()
  .meta({ description: "How rollouts replace pods, as a Deployment's strategy; its defaults if left out." });

/** A new revision of a workload's pods: what is left out stays as it is. */
export const rolloutSchema = z
  .strictObject({
    at: zDuration.meta({ description: 'When, from the end of the warm-up.' }),
    cpuFactor: zTimes
      .refine((value) => value > 0, { message: 'must be above 0x' })
      .prefault('1x')
      .meta({
        description: 'CPU that a request takes at the new pods, over what it took before all rollouts, as 1.2x.',
      }),
    image: imageSchema,
    start: zDistribution.optional(),
    cpu: z
      .strictObject({ request: zCpu.optional(), limit: zCpu.optional() })
      .optional()
      .meta({ description: 'CPU of the new pods, where it changes.' }),
    memory: z
      .strictObject({
        request: zMemory.optional(),
        limit: zMemory.optional(),
        idle: zMemory.optional(),
        perRequest: zMemory.optional(),
        growthPerHour: zMemory.optional(),
      })
      .optional()
      .meta({ description: 'Memory of the new pods, where it changes.' }),
  })
  .meta({ description: 'A new revision of the pods, as { at: 12h } or { at: 12h, cpuFactor: 1.2x }.' });

/** How many pods have to stay when some are evicted. */
export const disruptionBudgetSchema = z
  .strictObject({
    minAvailable: zPodCount.optional().meta({ description: 'Healthy pods that have to stay, as 3 or 80%.' }),
    maxUnavailable: zPodCount.optional().meta({ description: 'Pods that may be missing, as 1 or 20%.' }),
    unhealthyPodEvictionPolicy: z.enum(['IfHealthyBudget', 'AlwaysAllow']).prefault('IfHealthyBudget'),
  })
  .refine(({ minAvailable, maxUnavailable }) => (minAvailable === undefined) !== (maxUnavailable === undefined), {
    message: 'must have minAvailable or maxUnavailable, and not both',
  })
  .optional()
  .meta({ description: 'Disruption budget: { minAvailable: 80% }; evictions are never refused if left out.' });

/** The fields of a workload about the replacing of its pods. */
export const disruptionFields = {
  strategy: strategySchema,
  rollouts: z
    .array(rolloutSchema)
    .min(1)
    .optional()
    .meta({ description: 'New revisions of the pods; none if left out.' }),
  pdb: disruptionBudgetSchema,
  deletionCost: z.enum(['in-flight']).optional().meta({
    description:
      'What the annotation pod-deletion-cost is kept at: in-flight deletes the pods with the fewest requests on board first; nothing if left out.',
  }),
};

/** A rollout as written, units resolved and defaults filled in. */
export type RolloutSection = z.output<typeof rolloutSchema>;
