import { z } from 'zod';
import type { ContainerRequests, HpaPod, PodTemplate } from '../../../src/engine/policy/hpa/hpa-input.js';
import { zBig, zTime } from './vector-numbers.js';

const zContainer = z.looseObject({ name: z.string(), requestMilli: zBig.nullish() });

/** A pod as the vectors of the replica calculator and of the controller describe it. */
export const zVectorPod = z.looseObject({
  name: z.string(),
  phase: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']),
  ready: z.boolean(),
  startTime: zTime,
  readyTransitionTime: zTime,
  deleting: z.boolean(),
  containers: z.array(zContainer).default([]),
});

/** A container with the same request for every resource: a vector speaks of one resource only. */
export function containerOf({ name, requestMilli }: z.output<typeof zContainer>): ContainerRequests {
  return { name, requestMilli: { cpu: requestMilli ?? null, memory: requestMilli ?? null } };
}

/** A template with containers alone. */
export function templateOf(containers: readonly z.output<typeof zContainer>[]): PodTemplate {
  return { containers: containers.map(containerOf), initContainers: [], podRequestMilli: null };
}

/** The pod as the algorithm takes it. */
export function podOf(pod: z.output<typeof zVectorPod>): HpaPod {
  const { name, phase, ready, startTime, readyTransitionTime, deleting, containers } = pod;
  return {
    name,
    phase,
    deleting,
    startedAt: startTime,
    ready: { status: ready ? 'True' : 'False', changedAt: readyTransitionTime },
    template: templateOf(containers),
  };
}
