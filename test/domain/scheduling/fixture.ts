import type { NodeShape } from '../../../src/domain/scheduling/node-shape.js';
import type { PlanPod } from '../../../src/domain/scheduling/plan-pod.js';
import {
  plainPod,
  type PodRequirements,
  type SpreadConstraint,
} from '../../../src/domain/scheduling/pod-requirements.js';

/** A pod with these requirements; its name is all that tells it from others. */
export function pod(name: string, requirements: PodRequirements, more: Partial<PlanPod> = {}): PlanPod {
  return { name, owner: 'web', requirements, startedAt: null, deletionCost: 0, movable: true, daemon: false, ...more };
}

/** So many equal pods. */
export function pods(count: number, requirements: PodRequirements, prefix = 'pod'): PlanPod[] {
  return Array.from({ length: count }, (_, i) => pod(`${prefix}-${i}`, requirements));
}

/** Requirements of a pod of the application `web`. */
export function needs(cpuMillis: number, memoryMiB = 0, more: Partial<PodRequirements> = {}): PodRequirements {
  return { ...plainPod(cpuMillis, memoryMiB, { app: 'web' }), ...more };
}

/** A node without labels and taints. */
export function shape(cpuMillis: number, memoryMiB = 65_536, more: Partial<NodeShape> = {}): NodeShape {
  return { cpuMillis, memoryMiB, maxPods: 110, labels: {}, taints: [], ...more };
}

/** Pods of `web` are spread over the values of a label. */
export function spread(topologyKey: string, maxSkew: number, more: Partial<SpreadConstraint> = {}): SpreadConstraint {
  const selector = { matchLabels: { app: 'web' } };
  return { topologyKey, selector, maxSkew, whenUnsatisfiable: 'DoNotSchedule', minDomains: 1, ...more };
}
