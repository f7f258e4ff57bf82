/** How the size of the heap follows from the size of the container. */
export type HeapShare =
  /** -Xmx is set to the heap itself. */
  | { readonly by: 'xmx' }
  /** -XX:MaxRAMPercentage is given: the heap is this share of the container, between 0 and 1. */
  | { readonly by: 'percentage'; readonly share: number };

/**
 * The smallest container, in MiB, in which the heap is as large as it should be and everything else has room as well.
 *
 * With a percentage the container may have to be larger than heap and rest together, so that the percentage of it is the heap, and so that
 * what the percentage leaves holds the rest.
 */
export function containerForHeap(heapMiB: number, nonHeapMiB: number, share: HeapShare): number {
  const together = heapMiB + nonHeapMiB;
  if (share.by === 'xmx' || share.share === 1) return together;
  return Math.max(together, heapMiB / share.share, nonHeapMiB / (1 - share.share));
}
