import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';

/** Pods that a scheduler cannot tell apart; never empty. */
export type PodGroup = readonly PlanPod[];

/** Kinds of pods that one owner may have; what comes beyond stands alone, as `maxEquivalenceGroupsByController` has it. */
const MOST_KINDS_OF_AN_OWNER = 10;

/** Groups pods by owner and requirements, in the order in which they come; a pod without an owner is a group of its own. */
export function groupPods(pods: readonly PlanPod[]): readonly PodGroup[] {
  const groups: PlanPod[][] = [];
  const byOwner = new Map<string, Map<PlanPod['requirements'], PlanPod[]>>();
  for (const pod of pods) {
    const kinds = kindsOf(byOwner, pod);
    const known = kinds?.get(pod.requirements);
    if (known !== undefined) {
      known.push(pod);
      continue;
    }
    const group = [pod];
    groups.push(group);
    if (kinds !== null && kinds.size < MOST_KINDS_OF_AN_OWNER) kinds.set(pod.requirements, group);
  }
  return groups;
}

function kindsOf(
  byOwner: Map<string, Map<PlanPod['requirements'], PlanPod[]>>,
  { owner }: PlanPod,
): Map<PlanPod['requirements'], PlanPod[]> | null {
  if (owner === null) return null;
  const found = byOwner.get(owner);
  if (found !== undefined) return found;
  const made = new Map<PlanPod['requirements'], PlanPod[]>();
  byOwner.set(owner, made);
  return made;
}
