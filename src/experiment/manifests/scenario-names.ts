import type { WorkloadManifest } from './workload-manifest.js';

/** Names that would reach into JavaScript's own objects. */
const harmful: ReadonlySet<string> = new Set(['constructor', 'prototype']);

/**
 * A name in the scenario for every workload, in their order: its own; with its namespace before it where another namespace has the
 * same; with its kind after it where that is not enough.
 */
export function scenarioNames(workloads: readonly WorkloadManifest[]): readonly string[] {
  const plain = workloads.map(({ manifest }) => allowed(manifest.name));
  const inNamespace = workloads.map(({ manifest }, i) =>
    isAlone(plain, i) || manifest.namespace === null ? plain[i] : allowed(`${manifest.namespace}-${manifest.name}`),
  );
  const ofKind = workloads.map(({ manifest }, i) =>
    isAlone(inNamespace, i) ? inNamespace[i] : `${inNamespace[i]}-${manifest.kind.toLowerCase()}`,
  );
  return ofKind.map((name, i) => (isAlone(ofKind, i) ? name : `${name}-${i + 1}`));
}

function isAlone(names: readonly string[], i: number): boolean {
  return names.indexOf(names[i]) === names.lastIndexOf(names[i]);
}

/** Kubernetes allows dots and digits at the start, scenarios do not. */
function allowed(name: string): string {
  const text = name.replace(/[^A-Za-z0-9_-]/g, '-');
  return /^[A-Za-z]/.test(text) && !harmful.has(text) ? text : `w-${text}`;
}
