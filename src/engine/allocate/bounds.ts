import type { Rule } from '../../domain/decision.js';
import type { AllocationRequest } from './allocation.js';

/**
 * Keeps a request between the workload's own least and most replicas.
 *
 * A workload that somebody set to zero by hand is paused, as for Kubernetes' HPA: the least number does not wake it up.
 */
export function bound(request: AllocationRequest): { rule: Rule | null; reason: string | null } {
  const { minReplicas, maxReplicas } = request.workload;
  const before = request.desired;
  if (request.from === null) return { rule: null, reason: null };
  if (before > maxReplicas) {
    return {
      rule: { rule: 'max', before, after: maxReplicas, numbers: { max: maxReplicas } },
      reason: 'at-maximum',
    };
  }
  const paused = request.from === 0 && before === 0;
  if (before < minReplicas && !paused) {
    return { rule: { rule: 'min', before, after: minReplicas, numbers: { min: minReplicas } }, reason: 'at-minimum' };
  }
  return { rule: null, reason: null };
}
