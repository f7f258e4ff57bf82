import { type HotspotFlags, type HotspotMachine, hotspotHeap } from './hotspot-heap.js';
import { type NonHeap, containerMiB } from './jvm-memory.js';
import { openJ9Heap } from './openj9-heap.js';
import { paketoHeap } from './paketo-heap.js';

/** How a JVM sizes its heap. */
export type JvmSizing =
  | { readonly by: 'hotspot'; readonly flags: HotspotFlags }
  | { readonly by: 'openj9' }
  | { readonly by: 'paketo'; readonly headroom: number };

/** A JVM as it starts in a container; its heap stays as it is until it is started anew. */
export type JvmStart =
  | {
      readonly starts: true;
      readonly heapMiB: number;
      /** What all regions need when full. */
      readonly needsMiB: number;
      /** How much of that the limit does not cover: above 0 the process may be killed for memory with a heap that is not full. */
      readonly overMiB: number;
    }
  | { readonly starts: false; readonly reason: string };

/** Starts a JVM in a container: the heap it will have until the next start, or why it does not start. */
export function startJvm(machine: HotspotMachine, sizing: JvmSizing, nonHeap: NonHeap): JvmStart {
  const { memoryMiB } = machine;
  switch (sizing.by) {
    case 'hotspot':
      return started(hotspotHeap(machine, sizing.flags).maxMiB, memoryMiB, nonHeap);
    case 'openj9':
      return started(openJ9Heap(memoryMiB), memoryMiB, nonHeap);
    case 'paketo': {
      const heap = paketoHeap(memoryMiB, nonHeap, sizing.headroom);
      return heap.starts ? started(heap.heapMiB, memoryMiB, nonHeap) : { starts: false, reason: heap.reason };
    }
  }
}

function started(heapMiB: number, limitMiB: number, nonHeap: NonHeap): JvmStart {
  const needsMiB = containerMiB(heapMiB, nonHeap);
  return { starts: true, heapMiB, needsMiB, overMiB: Math.max(0, needsMiB - limitMiB) };
}
