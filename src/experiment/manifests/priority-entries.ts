import type { Field, Remark } from './draft.js';
import { field, known, notUsed } from './draft-parts.js';
import type { PodScheduling, PriorityClassManifest } from './scheduling-manifest.js';
import { POD } from './workload-manifest.js';
import type { WorkloadPlan } from './workload-plan.js';

/** Priorities that Kubernetes keeps to itself are above this. */
const HIGHEST_PRIORITY = 1_000_000_000;

/** Priority and preemption policy of a workload's pods, by its PriorityClass or the one that is the cluster's default. */
export function priorityEntries(
  { workload: { manifest } }: WorkloadPlan,
  { priorityClassName, preemptionPolicy }: PodScheduling,
  classes: readonly PriorityClassManifest[],
): readonly (Field | Remark)[] {
  const at = [...POD, 'priorityClassName'];
  const found =
    priorityClassName === undefined
      ? classes.find(({ globalDefault }) => globalDefault)
      : classes.find((one) => one.manifest.name === priorityClassName);
  if (found === undefined) {
    if (priorityClassName === undefined) return [];
    const why = 'its PriorityClass is in none of the files, so that its priority counts as 0';
    return [notUsed(manifest, at, `priorityClassName ${priorityClassName}`, why)];
  }
  if (found.value > HIGHEST_PRIORITY)
    return [notUsed(found.manifest, ['value'], `value ${found.value}`, 'kept to the system')];
  const value = known(String(found.value), found.manifest.origin(['value'], `value of ${found.manifest.title}`));
  const policy = preemptionPolicy ?? found.preemptionPolicy;
  return [
    field('priority', value),
    ...(policy === 'Never'
      ? [field('preemptionPolicy', known('Never', found.manifest.origin(['preemptionPolicy'], 'preemptionPolicy')))]
      : []),
  ];
}
