import type { WorldSpec } from './world-spec.js';

/** Whether any pod of a world asks for more than room, or any node keeps pods away; otherwise placing them is a matter of room alone. */
export function needsConstraints({ workloads, nodePools }: Pick<WorldSpec, 'workloads' | 'nodePools'>): boolean {
  return (
    workloads.some(({ scheduling }) => scheduling !== undefined) ||
    nodePools.some(({ taints = [] }) => taints.length > 0)
  );
}
