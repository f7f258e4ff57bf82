import type { NodePlan } from '../../../domain/scheduling/node-plan.js';

/**
 * The larger of the shares of a node's CPU and memory that its pods request, daemon sets' included.
 * Source: cluster autoscaler, simulator/utilization, with ignore-daemonsets-utilization at its default of false.
 */
export function nodeUtilisation({ usedCpuMillis, usedMemoryMiB, shape }: NodePlan): number {
  const { cpuMillis, memoryMiB } = shape.reserved ?? { cpuMillis: 0, memoryMiB: 0 };
  return Math.max(
    (usedCpuMillis + cpuMillis) / (shape.cpuMillis + cpuMillis),
    (usedMemoryMiB + memoryMiB) / (shape.memoryMiB + memoryMiB),
  );
}
