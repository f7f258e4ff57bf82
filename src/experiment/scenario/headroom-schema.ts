import { z } from 'zod';
import { zCpu, zMemory } from '../../domain/quantity.js';
import { placeFields, prioritySchema } from './scheduling-schema.js';

/** Placeholders that keep room for pods to come. */
export const headroomSchema = z
  .strictObject({
    cpu: zCpu.meta({ description: 'CPU request of each, as 1.' }),
    memory: zMemory.meta({ description: 'Memory request of each, as 2Gi.' }),
    count: z.int().min(1).max(100_000).prefault(1).meta({ description: 'How many there are.' }),
    priority: prioritySchema.max(-1).prefault(-10).meta({
      description:
        "Below 0, so that every pod goes before them; -10 is the lowest that the cluster autoscaler's default still provides nodes for.",
    }),
    ...placeFields,
  })
  .meta({
    description:
      'Pause pods, as { cpu: 2, memory: 4Gi, count: 3 }: over-provisioning that nodes are provided for again when it is taken.',
  });

/** Headroom as written, units resolved and defaults filled in. */
export type HeadroomSection = z.output<typeof headroomSchema>;
