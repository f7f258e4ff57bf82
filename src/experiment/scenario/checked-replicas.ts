import type { SourceTree } from './source-tree.js';
import type { WorkloadSection } from './workload-schema.js';

/** Bounds and start of a workload's replicas. Throws InputError where they contradict each other. */
export function checkedReplicas(
  name: string,
  section: Pick<WorkloadSection, 'replicas'>,
  tree: SourceTree,
): { readonly initial: number; readonly min: number; readonly max: number } {
  const { min, max } = section.replicas;
  const path = ['workloads', name, 'replicas'];
  if (max < min) tree.reject([...path, 'max'], `must be at least min (${min}), was ${max}`, 'Raise max or lower min.');
  const initial = section.replicas.initial ?? min;
  if (initial < min || initial > max) {
    tree.reject(
      [...path, 'initial'],
      `must be between min (${min}) and max (${max}), was ${initial}`,
      `Choose a start within the bounds, as initial: ${initial < min ? min : max}.`,
    );
  }
  return { initial, min, max };
}
