import { z } from 'zod';
import { zCpu, zMemory } from '../../domain/quantity.js';

const amounts = <Amount extends z.ZodType>(zAmount: Amount) =>
  z
    .strictObject({
      min: zAmount.optional(),
      max: zAmount.optional(),
      default: zAmount.optional().meta({ description: 'Limit of a container that sets none; max if left out.' }),
      defaultRequest: zAmount.optional().meta({ description: 'Request of a container that sets none.' }),
    })
    .optional();

/** What the namespace allows its containers. */
export const limitRangeSchema = z
  .strictObject({ cpu: amounts(zCpu), memory: amounts(zMemory) })
  .optional()
  .meta({
    description: 'Bounds and defaults of requests and limits, as a LimitRange for containers; none if left out.',
  });
