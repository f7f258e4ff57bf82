import { collectorHabits } from './collector-habits.js';
import type { GcTraits } from './gc-cost.js';
import { gcThreads } from './gc-threads.js';
import { type HotspotMachine, hotspotHeap } from './hotspot-heap.js';
import { nonHeapMiB } from './jvm-memory.js';
import type { CollectorName, JvmSpec } from './jvm-spec.js';
import { startJvm } from './jvm-start.js';

/** A JVM that has started: all of this stays as it is until it is started anew. */
export interface JvmProcess {
  readonly starts: true;
  readonly heapMiB: number;
  readonly nonHeapMiB: number;
  readonly collector: CollectorName;
  readonly traits: GcTraits;
}

/** Starts the JVM of a pod in a container with such limits, or says why it does not start. */
export function jvmProcess(
  spec: JvmSpec,
  machine: HotspotMachine,
): JvmProcess | { readonly starts: false; readonly reason: string } {
  const start = startJvm(machine, spec.sizing, spec.nonHeap);
  if (!start.starts) return start;
  const { heapMiB } = start;
  const collector = spec.collector ?? hotspotHeap(machine).collector;
  return {
    starts: true,
    heapMiB,
    nonHeapMiB: nonHeapMiB(spec.nonHeap),
    collector,
    traits: traitsOf(spec, collector, { heapMiB, cpus: machine.cpus }),
  };
}

/** Threads of one JVM that collect beside the program: a quarter of those that collect while it stands still. Source: HotSpot, ConcGCThreads. */
export function concurrentGcThreads(threads: number): number {
  return Math.max(1, Math.floor((threads + 2) / 4));
}

function traitsOf(
  { young, traceMiBPerCpuSecond, promotedShare, stoppedShare }: JvmSpec,
  collector: CollectorName,
  { heapMiB, cpus }: { readonly heapMiB: number; readonly cpus: number },
): GcTraits {
  const habits = collectorHabits[collector];
  const { generations, oneThread } = habits;
  return {
    traceMiBPerCpuSecond,
    promotedShare: generations ? promotedShare : 1,
    youngMiB: !generations ? null : 'mib' in young ? young.mib : young.share * heapMiB,
    stoppedShare: stoppedShare ?? habits.stoppedShare,
    threads: oneThread ? 1 : gcThreads(cpus),
  };
}
