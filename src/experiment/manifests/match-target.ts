import type { Manifest } from './manifest.js';
import type { TargetReference } from './target-reference.js';
import type { WorkloadManifest } from './workload-manifest.js';

/** Whether two objects may share a namespace: a manifest that names none goes wherever it is applied. */
export function mayShareNamespace(a: Manifest, b: Manifest): boolean {
  return a.namespace === b.namespace || a.namespace === null || b.namespace === null;
}

/** The workload that a reference of `from` names; one of the very same namespace goes first. Null where none or several would do. */
export function findTarget(
  from: Manifest,
  target: TargetReference,
  workloads: readonly WorkloadManifest[],
): WorkloadManifest | null {
  const named = workloads.filter(
    ({ manifest }) => manifest.name === target.name && manifest.kind.toLowerCase() === target.kind.toLowerCase(),
  );
  const exact = named.filter(({ manifest }) => manifest.namespace === from.namespace);
  const fitting = exact.length > 0 ? exact : named.filter(({ manifest }) => mayShareNamespace(from, manifest));
  return fitting.length === 1 ? fitting[0] : null;
}

/** The workload that an autoscaler names. Throws InputError at its reference where it is in none of the files. */
export function requireTarget(
  from: Manifest,
  path: readonly string[],
  target: TargetReference,
  workloads: readonly WorkloadManifest[],
): WorkloadManifest {
  const found = findTarget(from, target, workloads);
  if (found !== null) return found;
  const namespace = from.namespace === null ? '' : `${from.namespace}/`;
  const known = workloads.map(({ manifest }) => manifest.title).join(', ');
  const isForeign = !['deployment', 'statefulset', 'replicaset'].includes(target.kind.toLowerCase());
  const mend = isForeign
    ? `${target.kind} is a kind that is not imported: leave the autoscaler out, or write the workload as a Deployment.`
    : 'Add the file of the one that is meant, or leave the autoscaler out.';
  return from.reject(
    path,
    `names ${target.kind} ${namespace}${target.name}, which is in none of the files`,
    `Found ${known}. ${mend}`,
  );
}
