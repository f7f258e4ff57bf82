import { z } from 'zod';
import { hotspotDefaults } from '../../domain/jvm/hotspot-heap.js';
import { nonHeapDefaults, nonHeapOf } from '../../domain/jvm/jvm-memory.js';
import type { CollectorName, JvmSpec } from '../../domain/jvm/jvm-spec.js';
import type { JvmSizing } from '../../domain/jvm/jvm-start.js';
import { zMemory, zPercent, zShare } from '../../domain/quantity.js';
import type { PodSpec } from '../../domain/world-spec.js';

const zSomeMemory = zMemory.refine((value) => value > 0, { message: 'must be above 0Mi' });
const zCount = z.int().min(0).max(10_000_000);

const sizingSchema = z
  .discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('hotspot'),
      maxRamPercentage: zPercent
        .refine((share) => share > 0 && share <= 1, { message: 'must be above 0% and at most 100%' })
        .prefault('25%')
        .meta({ description: '-XX:MaxRAMPercentage; not looked at in a container of less than 249.6 MiB.' }),
      xmx: zSomeMemory.optional().meta({ description: '-Xmx; by the percentage if left out.' }),
    }),
    z.strictObject({ by: z.literal('openj9') }),
    z.strictObject({
      by: z.literal('paketo'),
      headroom: zShare
        .prefault('0%')
        .meta({ description: "Share of the limit that Paketo's calculator leaves free (BPL_JVM_HEAD_ROOM)." }),
    }),
  ])
  .prefault({ by: 'hotspot' })
  .meta({ description: "Who sizes the heap when the container starts: HotSpot, OpenJ9 or Paketo's calculator." });

const nonHeapSchema = z
  .strictObject({
    classes: zCount.prefault(13_000).meta({ description: 'Classes that are loaded.' }),
    threads: zCount.prefault(nonHeapDefaults.threads),
    stack: zMemory.prefault('1Mi').meta({ description: 'Stack of a thread, -Xss.' }),
    codeCache: zMemory.prefault('240Mi').meta({ description: 'Compiled code, -XX:ReservedCodeCacheSize.' }),
    direct: zMemory.prefault('10Mi').meta({ description: 'Direct buffers, -XX:MaxDirectMemorySize.' }),
  })
  .prefault({})
  .meta({ description: "What is not heap, all of it in use; the defaults are those of Paketo's calculator." });

/** The JVM in a pod. */
export const jvmSchema = z
  .strictObject({
    sizing: sizingSchema,
    nonHeap: nonHeapSchema,
    live: zSomeMemory.meta({ description: 'What stays in use after a full collection when nothing is on board.' }),
    livePerRequest: zMemory.prefault('0Mi').meta({ description: 'What each request on board keeps in use.' }),
    allocation: zMemory.meta({ description: 'What requests allocate for each second of CPU that they use.' }),
    promoted: zShare.prefault('5%').meta({ description: 'Share of it that outlives a young collection.' }),
    young: z
      .union([
        zPercent
          .refine((share) => share > 0 && share < 1, { message: 'must be above 0% and below 100%' })
          .transform((share) => ({ share })),
        zSomeMemory.transform((mib) => ({ mib })),
      ])
      .prefault('33%')
      .meta({
        description: 'Young generation, as 256Mi or 33% of the heap (-XX:NewRatio=2); of no account under zgc.',
      }),
    traceSpeed: zSomeMemory.meta({
      description: 'Live memory that a CPU-second traces: live / (pause x threads) of a full collection in the GC log.',
    }),
    collector: z
      .enum(['auto', 'serial', 'parallel', 'g1', 'zgc'])
      .prefault('auto')
      .meta({ description: 'auto is what HotSpot picks: g1 from 2 CPUs and 1792Mi on, serial below.' }),
    stopped: zShare.optional().meta({
      description: "Share of a full collection for which the program stands still; the collector's own if left out.",
    }),
  })
  .optional()
  .meta({ description: 'The JVM in the container, in place of what memory says about use; none if left out.' });

/** A JVM as written, units resolved and defaults filled in. */
export type JvmSection = NonNullable<z.output<typeof jvmSchema>>;

const COLLECTORS: Readonly<Record<Exclude<JvmSection['collector'], 'auto'>, CollectorName>> = {
  serial: 'Serial',
  parallel: 'Parallel',
  g1: 'G1',
  zgc: 'ZGC',
};

/** A pod with a JVM as the simulator knows it: what its memory does otherwise is nothing. */
export function jvmOf(
  section: JvmSection | undefined,
): Partial<Pick<PodSpec, 'jvm' | 'memoryIdleMiB' | 'memoryPerRequestMiB'>> {
  if (section === undefined) return {};
  const { sizing, nonHeap, collector, stopped } = section;
  const { classes, threads, stack, codeCache, direct } = nonHeap;
  const jvm: JvmSpec = {
    sizing: sizingOf(sizing),
    nonHeap: nonHeapOf({
      loadedClasses: classes,
      threads,
      stackMiB: stack,
      codeCacheMiB: codeCache,
      directMiB: direct,
    }),
    liveMiB: section.live,
    livePerRequestMiB: section.livePerRequest,
    allocationMiBPerCpuSecond: section.allocation,
    promotedShare: section.promoted,
    young: section.young,
    traceMiBPerCpuSecond: section.traceSpeed,
    ...(collector === 'auto' ? {} : { collector: COLLECTORS[collector] }),
    ...(stopped === undefined ? {} : { stoppedShare: stopped }),
  };
  return { memoryIdleMiB: 0, memoryPerRequestMiB: 0, jvm };
}

function sizingOf(sizing: JvmSection['sizing']): JvmSizing {
  if (sizing.by !== 'hotspot') return sizing;
  const { maxRamPercentage, xmx = null } = sizing;
  return { by: 'hotspot', flags: { ...hotspotDefaults, maxRamPercentage: maxRamPercentage * 100, maxHeapMiB: xmx } };
}
