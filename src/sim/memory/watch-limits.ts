import { micros, seconds } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import { podMemoryMiB } from './pod-memory.js';

/** How often limits are looked at. The kernel kills at the very allocation that goes beyond. */
const LOOK = seconds(1);

/**
 * Kills the containers of a workload that use more memory than their limit, from the start on; a pod that was asked to stop is gone with its
 * container, any other has it started again. Nothing happens where there is no limit.
 */
export function watchLimits(timeline: Timeline, { spec, pods, lifecycle }: SimWorkload): void {
  const { memoryLimitMiB } = spec.pod;
  if (memoryLimitMiB === undefined) return;
  timeline.every(micros(timeline.now + LOOK), LOOK, PHASE.world, (now) => {
    for (const pod of [...pods]) {
      if (podMemoryMiB(spec.pod, pod, now) <= memoryLimitMiB) continue;
      if (pod.active) lifecycle.exit(pod, 'OOMKilled', now);
      else lifecycle.remove(pod, 'OOMKilled', 'failure', now);
    }
    return true;
  });
}
