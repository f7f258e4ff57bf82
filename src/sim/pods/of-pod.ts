import type { Micros } from '../../kernel/micros.js';
import type { Pod } from './pod.js';

/** What every fact of a pod says. */
export function ofPod(
  { name, workload }: Pod,
  at: Micros,
): { readonly at: Micros; readonly workload: string; readonly pod: string } {
  return { at, workload, pod: name };
}
