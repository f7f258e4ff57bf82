import { z } from 'zod';
import { calculateRequests } from '../../../src/engine/policy/hpa/calculate-requests.js';
import type { HpaPod } from '../../../src/engine/policy/hpa/hpa-input.js';
import { isInvalid } from '../../../src/engine/policy/hpa/invalid.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { openConfig } from './vector-config.js';
import { now, zBig } from './vector-numbers.js';
import { containerOf } from './vector-pods.js';

const zContainer = z.looseObject({ name: z.string(), requestMilli: zBig.nullish() });

const zPod = z.looseObject({
  name: z.string(),
  containers: z.array(zContainer),
  initContainers: z.array(zContainer.extend({ restartPolicyAlways: z.boolean().default(false) })).default([]),
  podLevelRequestMilli: zBig.nullish(),
});

const zCase = z.looseObject({
  input: z.looseObject({
    podLevelResourcesEnabled: z.boolean(),
    resource: z.enum(['cpu', 'memory']),
    container: z.string().nullable().default(''),
    pods: z.array(zPod).default([]),
  }),
  expect: z.union([
    z.strictObject({ requestsMilli: z.record(z.string(), zBig) }),
    z.strictObject({ error: z.string() }),
  ]),
});

/** Requests by pod, the denominator of utilization. */
export const judgeCalculateRequests: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const query = { resource: input.resource, container: input.container === '' ? null : input.container };
  const gates = { ...openConfig.gates, podLevelResources: input.podLevelResourcesEnabled };
  const requests = calculateRequests(input.pods.map(podOf), query, { gates, semantics: 'head' });
  if ('error' in expect) return expectEqual('error', isInvalid(requests) ? requests.invalid : null, expect.error);
  if (isInvalid(requests)) return [`unexpected error: ${requests.invalid}`];
  return expectEqual('requestsMilli', Object.fromEntries(requests), expect.requestsMilli);
};

function podOf({ name, containers, initContainers, podLevelRequestMilli: whole }: z.output<typeof zPod>): HpaPod {
  const template = {
    containers: containers.map(containerOf),
    initContainers: initContainers.map((container) => ({
      ...containerOf(container),
      restartable: container.restartPolicyAlways,
    })),
    podRequestMilli: whole == null ? null : { cpu: whole, memory: whole },
  };
  return { name, phase: 'Running', deleting: false, startedAt: now, ready: null, template };
}
