import { DependencyFront } from './dependency-front.js';
import type { Front } from './front.js';
import { WorkloadFront } from './workload-front.js';

/** The front of the workload of that name. Throws RangeError where there is none. */
export function workloadNamed(fronts: readonly Front[], name: string): WorkloadFront {
  const front = fronts.find((candidate) => candidate.name === name);
  if (front instanceof WorkloadFront) return front;
  throw new RangeError(`no workload is called ${name}`);
}

/** The front of the dependency of that name. Throws RangeError where there is none. */
export function dependencyNamed(fronts: readonly Front[], name: string): DependencyFront {
  const front = fronts.find((candidate) => candidate.name === name);
  if (front instanceof DependencyFront) return front;
  throw new RangeError(`no dependency is called ${name}`);
}
