import type { EnginePods } from '../../domain/engine-config.js';
import type { UnplacedPods } from '../ports.js';
import type { Room } from './allocation.js';

/** Sums of fractions of a MiB may miss a whole pod by a hair. */
const HAIR = 1e-9;

/** Nodes while pods are placed on them in thought, first fit; a rough answer to "would they fit", not a scheduler. */
export class FreeNodes {
  private readonly nodes: { cpuMillis: number; memoryMiB: number; pods: number }[];

  constructor(rooms: readonly Room[]) {
    this.nodes = rooms.map(({ cpuMillis, memoryMiB, pods }) => ({ cpuMillis, memoryMiB, pods }));
  }

  /** Places up to `count` pods of a workload and says how many found a place. */
  place(workload: EnginePods, count: number): number {
    const cpu = workload.cpuRequestMillis ?? 0;
    const memory = workload.memoryRequestMiB ?? 0;
    let placed = 0;
    for (const node of this.nodes) {
      if (placed === count) break;
      const here = Math.min(count - placed, node.pods, times(node.cpuMillis, cpu), times(node.memoryMiB, memory));
      if (here <= 0) continue;
      node.cpuMillis -= here * cpu;
      node.memoryMiB -= here * memory;
      node.pods -= here;
      placed += here;
    }
    return placed;
  }

  /** Places pods of several workloads, one workload after the other, and says which found no place. */
  placeAll(pods: readonly UnplacedPods[]): UnplacedPods[] {
    return pods
      .map(({ workload, pods: wanted }) => ({ workload, pods: wanted - this.place(workload, wanted) }))
      .filter((rest) => rest.pods > 0);
  }

  /** What is left on all nodes together. */
  left(): { freeCpuMillis: number; freeMemoryMiB: number; freePods: number; nodes: number } {
    let [freeCpuMillis, freeMemoryMiB, freePods] = [0, 0, 0];
    for (const node of this.nodes) {
      freeCpuMillis += node.cpuMillis;
      freeMemoryMiB += node.memoryMiB;
      freePods += node.pods;
    }
    return { freeCpuMillis, freeMemoryMiB, freePods, nodes: this.nodes.length };
  }
}

function times(left: number, request: number): number {
  return request === 0 ? Infinity : Math.floor(left / request + HAIR);
}
