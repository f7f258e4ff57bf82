import { z } from 'zod';
import { zKubeQuantity } from './kube-quantity.js';

const zDirection = z.object({
  stabilizationWindowSeconds: z.int().min(0).max(3600).optional(),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']).optional(),
  policies: z
    .array(
      z.object({
        type: z.enum(['Pods', 'Percent']),
        value: z.int().min(1),
        periodSeconds: z.int().min(1).max(1800),
      }),
    )
    .default([]),
  tolerance: zKubeQuantity.optional(),
});

/** `behavior` of an autoscaler, as Kubernetes has it. */
export const zKubeBehavior = z.object({ scaleUp: zDirection.optional(), scaleDown: zDirection.optional() });

/** Windows and limits of an autoscaler by direction. */
export type KubeBehavior = z.output<typeof zKubeBehavior>;

/** The rules of one direction. */
export type KubeDirection = z.output<typeof zDirection>;
