import { z } from 'zod';
import { zBandwidth, zDuration, zMemory } from '../../domain/quantity.js';

const positive = { message: 'must be above 0' };

/** The image of a workload's pods. */
export const imageSchema = z
  .strictObject({
    size: zMemory
      .refine((value) => value > 0, positive)
      .meta({ description: 'What a node that lacks it transfers, as 400Mi.' }),
    policy: z
      .enum(['IfNotPresent', 'Always'])
      .prefault('IfNotPresent')
      .meta({ description: 'imagePullPolicy: Always asks the registry at every start of a container.' }),
    shared: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'Name under which several workloads share one image; its own if left out.' }),
    prepulled: z.boolean().prefault(false).meta({ description: 'Every node has it from the beginning.' }),
  })
  .optional()
  .meta({ description: 'Image that nodes pull before the container starts; part of start if left out.' });

/** How nodes pull images, in the kubelet's own words. */
export const imagePullSchema = z
  .strictObject({
    bandwidth: zBandwidth
      .refine((value) => value > 0, positive)
      .prefault('50MiB/s')
      .meta({ description: 'What one node transfers and unpacks, as 50MiB/s.' }),
    registry: zBandwidth
      .refine((value) => value > 0, positive)
      .optional()
      .meta({ description: 'What the registry serves to all nodes together; no limit if left out.' }),
    resolve: zDuration.prefault('500ms').meta({ description: 'Time in which the registry says what an image is.' }),
    serializeImagePulls: z.boolean().prefault(true).meta({ description: 'One pull at a time on a node.' }),
    maxParallelImagePulls: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .optional()
      .meta({ description: 'Pulls at once on a node that does not serialize them; no limit if left out.' }),
  })
  .refine((given) => !given.serializeImagePulls || (given.maxParallelImagePulls ?? 1) === 1, {
    path: ['maxParallelImagePulls'],
    message: 'must be 1 or left out while serializeImagePulls is true',
  })
  .prefault({})
  .meta({ description: 'How nodes pull the images of pods that have one.' });
