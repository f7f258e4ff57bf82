import type { Draft, Leaf } from './draft.js';
import { field, guessed, known, section } from './draft-parts.js';
import type { ScalingPlan } from './scaling-plan.js';
import type { WorkloadManifest } from './workload-manifest.js';

/** The `replicas` of a workload, and how many it starts with. */
export function replicasDraft(
  workload: WorkloadManifest,
  { bounds }: ScalingPlan,
): { readonly draft: Draft; readonly initial: number } {
  const { manifest, replicas } = workload;
  const origin = manifest.origin(['spec', 'replicas'], 'spec.replicas');
  if (bounds === null) {
    const leaf =
      replicas === null
        ? known('1', `${manifest.place()} says nothing, which means 1`)
        : known(String(replicas), origin);
    return { draft: leaf, initial: replicas ?? 1 };
  }
  const { min, max } = bounds;
  const initial = Math.min(max.count, Math.max(min.count, replicas ?? min.count));
  const draft = section([
    field('initial', initialLeaf(workload, initial, origin)),
    field('min', known(String(min.count), min.comment)),
    field('max', known(String(max.count), max.comment)),
  ]);
  return { draft, initial };
}

function initialLeaf({ manifest, replicas }: WorkloadManifest, initial: number, origin: string): Leaf {
  const text = String(initial);
  if (replicas === initial) return known(text, origin);
  if (replicas !== null && replicas > 0) return known(text, `${origin} ${replicas}, brought within the bounds`);
  const why =
    replicas === 0
      ? `${origin} is 0, which switches the autoscaler off in Kubernetes; here it is on`
      : 'the manifest leaves it to the autoscaler, and the minimum is the least that it can be';
  const measure = `kubectl get ${manifest.kind.toLowerCase()} ${manifest.name}`;
  return guessed(text, { topic: 'replicas', why, measure });
}
