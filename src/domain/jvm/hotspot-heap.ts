/** Garbage collectors that HotSpot picks by itself. */
export type HotspotCollector = 'Serial' | 'G1';

/** What HotSpot finds when it starts in a container. */
export interface HotspotMachine {
  /** What it takes for the machine's memory: the container's limit. */
  readonly memoryMiB: number;
  /** What it takes for the machine's processors: the container's CPU limit, rounded up. */
  readonly cpus: number;
}

/** Flags of the heap; defaults are those of OpenJDK 17. */
export interface HotspotFlags {
  /** -XX:MaxRAMPercentage. */
  readonly maxRamPercentage: number;
  /** -XX:MinRAMPercentage, which is the largest heap of a small machine, whatever its name says. */
  readonly minRamPercentage: number;
  /** -XX:InitialRAMPercentage. */
  readonly initialRamPercentage: number;
  /** -Xmx; null leaves it to the percentages. */
  readonly maxHeapMiB: number | null;
}

/** What HotSpot starts with when no flag is given. */
export const hotspotDefaults: HotspotFlags = {
  maxRamPercentage: 25,
  minRamPercentage: 50,
  initialRamPercentage: 1.5625,
  maxHeapMiB: null,
};

/** Sizes that are fixed when the process starts: a later resize of the container does not change them. */
export interface HotspotHeap {
  readonly maxMiB: number;
  readonly initialMiB: number;
  readonly collector: HotspotCollector;
}

/** 96 MiB scaled by 1.3 for 64-bit words: below twice this a machine counts as small. */
const reasonableMiB = 124.8;

/** Heaps are aligned to the span of one page of the card table: 512 bytes for each of 4,096 entries. */
const alignmentMiB = 2;

const leastInitialMiB = 8;

/** A machine with less memory, or one processor, is no server: 2 GiB less a margin of 256 MiB. */
const serverMiB = 1792;

/**
 * The heap HotSpot chooses.
 *
 * A small machine, whose MinRAMPercentage is below 124.8 MiB, gets that percentage, and MaxRAMPercentage is not looked at; any other
 * gets MaxRAMPercentage, at least 124.8 MiB. Limits of compressed pointers, from 32 GiB on, are not modelled.
 * Source: arguments.cpp of OpenJDK 17, measured with -XX:MaxRAM=64m to 8g on OpenJDK 17.0.21.1.
 */
export function hotspotHeap({ memoryMiB, cpus }: HotspotMachine, flags: HotspotFlags = hotspotDefaults): HotspotHeap {
  const max = flags.maxHeapMiB ?? chosenMax(memoryMiB, flags);
  const initial = Math.max(leastInitialMiB, (memoryMiB * flags.initialRamPercentage) / 100);
  const maxMiB = align(max);
  const isServer = cpus >= 2 && memoryMiB >= serverMiB;
  return { maxMiB, initialMiB: Math.min(maxMiB, align(initial)), collector: isServer ? 'G1' : 'Serial' };
}

function chosenMax(memoryMiB: number, { maxRamPercentage, minRamPercentage }: HotspotFlags): number {
  const small = (memoryMiB * minRamPercentage) / 100;
  return small < reasonableMiB ? small : Math.max((memoryMiB * maxRamPercentage) / 100, reasonableMiB);
}

function align(mib: number): number {
  return Math.ceil(mib / alignmentMiB) * alignmentMiB;
}
