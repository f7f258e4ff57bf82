import { z } from 'zod';
import type { PlanPod } from '../../../src/domain/scheduling/plan-pod.js';
import { plainPod, type PodRequirements } from '../../../src/domain/scheduling/pod-requirements.js';

const BYTES_PER_MIB = 2 ** 20;

/** A pod's requests. */
export const zVectorPod = z.looseObject({ cpuMilli: z.number().default(0), memoryBytes: z.number().default(0) });

/** A node's size, its memory in either unit. */
export const zVectorNode = z
  .looseObject({ cpuMilli: z.number(), memoryMiB: z.number().optional(), memoryBytes: z.number().optional() })
  .transform(({ cpuMilli, memoryMiB, memoryBytes }) => ({
    cpuMillis: cpuMilli,
    memoryMiB: memoryMiB ?? (memoryBytes ?? 0) / BYTES_PER_MIB,
  }));

/** What a pod of a vector requires; all carry the same label, as in the originals' tests. */
export function requirementsOf({ cpuMilli, memoryBytes }: z.output<typeof zVectorPod>): PodRequirements {
  return plainPod(cpuMilli, memoryBytes / BYTES_PER_MIB, { app: 'estimatee' });
}

/** A pod that waits for a place. */
export function pendingPod(name: string, requirements: PodRequirements): PlanPod {
  return { name, owner: 'estimatee', requirements, startedAt: null, deletionCost: 0, movable: true, daemon: false };
}
