import type { NodePlan } from '../../../domain/scheduling/node-plan.js';

/** The larger of the shares of a node's CPU and memory that its pods request. */
export function nodeUtilisation({ usedCpuMillis, usedMemoryMiB, shape }: NodePlan): number {
  return Math.max(usedCpuMillis / shape.cpuMillis, usedMemoryMiB / shape.memoryMiB);
}
