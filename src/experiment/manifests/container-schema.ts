import { z } from 'zod';
import { zKubeQuantity } from './kube-quantity.js';

/** CPU in cores and memory in bytes; other resources are left alone. */
export const zResourceList = z.object({ cpu: zKubeQuantity.optional(), memory: zKubeQuantity.optional() });

/** Kubernetes reads 0 as left out. */
const zPeriod = z.int().min(0).default(0);

const zProbe = z.object({
  periodSeconds: zPeriod.transform((seconds) => (seconds === 0 ? 10 : seconds)),
  successThreshold: zPeriod.transform((times) => (times === 0 ? 1 : times)),
  initialDelaySeconds: zPeriod,
  timeoutSeconds: zPeriod.transform((seconds) => (seconds === 0 ? 1 : seconds)),
  failureThreshold: zPeriod.transform((times) => (times === 0 ? 3 : times)),
  /** Which of the four ways of asking it is; httpGet and grpc are answered as requests are. */
  tcpSocket: z.unknown().optional(),
  exec: z.unknown().optional(),
});

/** Requests and limits, of a container or of a pod as a whole. */
export const zResources = z.object({ requests: zResourceList.default({}), limits: zResourceList.default({}) });

/** What is used of a container. */
export const zContainer = z.object({
  name: z.string().min(1),
  resources: zResources.default({ requests: {}, limits: {} }),
  /** `Always` makes an init container a sidecar. */
  restartPolicy: z.string().optional(),
  readinessProbe: zProbe.optional(),
  startupProbe: zProbe.optional(),
  livenessProbe: zProbe.optional(),
  lifecycle: z
    .object({
      preStop: z
        .object({
          exec: z.object({ command: z.array(z.string()).default([]) }).optional(),
          sleep: z.object({ seconds: z.int().min(0) }).optional(),
        })
        .optional(),
    })
    .default({}),
  env: z
    .array(z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]).optional() }))
    .default([]),
});

/** A container as written. */
export type Container = z.output<typeof zContainer>;
