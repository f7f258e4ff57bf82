/** Everything of a JVM that is not its heap, when full, in MiB. */
export interface NonHeap {
  /** Classes and their metadata. */
  readonly metaspaceMiB: number;
  /** Compiled code (-XX:ReservedCodeCacheSize). */
  readonly codeCacheMiB: number;
  /** Stacks of all threads (-Xss times threads). */
  readonly stacksMiB: number;
  /** Direct buffers (-XX:MaxDirectMemorySize). */
  readonly directMiB: number;
}

/** Sum of all that is not heap, in MiB. */
export function nonHeapMiB({ metaspaceMiB, codeCacheMiB, stacksMiB, directMiB }: NonHeap): number {
  return metaspaceMiB + codeCacheMiB + stacksMiB + directMiB;
}

/** What a container needs for a JVM all of whose regions are full: heap + metaspace + code cache + stacks + direct, in MiB. */
export function containerMiB(heapMiB: number, nonHeap: NonHeap): number {
  return heapMiB + nonHeapMiB(nonHeap);
}

/** What says how large the regions outside the heap get. */
export interface NonHeapCauses {
  /** Classes that get loaded. */
  readonly loadedClasses: number;
  readonly threads: number;
  readonly stackMiB: number;
  readonly codeCacheMiB: number;
  readonly directMiB: number;
}

/** Bytes of metaspace: a fixed part, and a part for each class. Source: Paketo's memory calculator. */
const metaspaceOverheadBytes = 14_000_000;
const metaspaceBytesPerClass = 5_800;

/** What Paketo's calculator assumes: 250 threads of 1 MiB, 240 MiB of compiled code, 10 MiB of direct buffers. */
export const nonHeapDefaults: Omit<NonHeapCauses, 'loadedClasses'> = {
  threads: 250,
  stackMiB: 1,
  codeCacheMiB: 240,
  directMiB: 10,
};

/** The regions outside the heap by what causes them. */
export function nonHeapOf({ loadedClasses, threads, stackMiB, codeCacheMiB, directMiB }: NonHeapCauses): NonHeap {
  const metaspaceMiB = (metaspaceOverheadBytes + metaspaceBytesPerClass * loadedClasses) / 2 ** 20;
  return { metaspaceMiB, codeCacheMiB, stacksMiB: threads * stackMiB, directMiB };
}
