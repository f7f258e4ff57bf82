import { squareRootHeap } from '../../../domain/jvm/square-root-heap.js';

/** How much heap a live set of a given size gets. */
export type HeapRule =
  /** A multiple of the live set: 3 to 4 for the whole heap (Hunt and John, Java Performance), 1.3 where memory is dear (WebSphere). */
  | { readonly by: 'multiple'; readonly multiple: number }
  /** The square-root rule; `cpuPerMiB` is what a MiB of heap is worth in CPU-seconds a second. */
  | { readonly by: 'square-root'; readonly cpuPerMiB: number; readonly traceMiBPerCpuSecond: number };

/** The heap for a live set that is filled up at a rate, both in MiB. */
export function heapFor(liveMiB: number, fillMiBPerSecond: number, rule: HeapRule): number {
  if (rule.by === 'multiple') return liveMiB * rule.multiple;
  return squareRootHeap({ liveMiB, fillMiBPerSecond, ...rule });
}
