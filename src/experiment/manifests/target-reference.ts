import { z } from 'zod';

/** How an autoscaler names what it scales, in its own namespace. */
export const zTargetReference = z.object({
  kind: z.string().default('Deployment'),
  name: z.string().min(1),
});

/** The kind and name of what an autoscaler scales. */
export type TargetReference = z.output<typeof zTargetReference>;
