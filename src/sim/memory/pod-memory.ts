import { memoryUse } from '../../domain/memory-use.js';
import type { Micros } from '../../kernel/micros.js';
import type { Pod } from '../pods/pod.js';

/** Working set of a running pod in MiB; zero where none runs. */
export function podMemoryMiB(pod: Pod, now: Micros): number {
  if (!pod.running || pod.process === null) return 0;
  return containerMemoryMiB(pod, now - (pod.runningSince ?? now), pod.process.inFlight());
}

/** The same at an age of its container in microseconds with so many requests on board; of a JVM it is all of its regions from the start on. */
export function containerMemoryMiB({ spec, heap }: Pod, ageMicros: number, inFlight: number): number {
  return heap === null ? memoryUse(spec, ageMicros, inFlight) : heap.committedMiB;
}
