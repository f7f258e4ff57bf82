import { memoryUse } from '../../domain/memory-use.js';
import type { Micros } from '../../kernel/micros.js';
import type { Pod } from '../pods/pod.js';

/** Working set of a running pod in MiB; zero where none runs. */
export function podMemoryMiB(pod: Pod, now: Micros): number {
  if (!pod.running || pod.process === null) return 0;
  return memoryUse(pod.spec, now - (pod.runningSince ?? now), pod.process.inFlight());
}
