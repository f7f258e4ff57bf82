import { collectorHabits } from '../../domain/jvm/collector-habits.js';
import type { JvmSpec } from '../../domain/jvm/jvm-spec.js';
import type { WorldSpec } from '../../domain/world-spec.js';

/** What a run takes for granted about the JVMs in its pods. */
export function jvmAssumptions({ workloads }: WorldSpec): readonly string[] {
  return workloads.flatMap(({ name, pod: { jvm } }) => (jvm === undefined ? [] : ofJvm(name, jvm)));
}

function ofJvm(name: string, jvm: JvmSpec): readonly string[] {
  return [
    `The heap of a pod of ${name} has all its memory from the start on, as with -XX:+AlwaysPreTouch, and so have its other regions; it stays as it is until its container starts again.`,
    `Requests of ${name} allocate ${jvm.allocationMiBPerCpuSecond} MiB for each CPU-second, ${percent(jvm.promotedShare)} of it outlives a young collection, and a CPU-second traces ${jvm.traceMiBPerCpuSecond} MiB: fragmentation, humongous objects and the time to a safepoint are left out.`,
    `A collector of ${name} that works beside the program starts in time to be done when the heap is full; where it is not, the program stands still for the rest. ${stopped(jvm)}`,
    `A call of ${name} that is answered while the program stands still is taken in at once.`,
  ];
}

function stopped({ collector, stoppedShare }: JvmSpec): string {
  const shares = collector === undefined ? (['Serial', 'G1'] as const) : [collector];
  if (stoppedShare !== undefined) return `It stands still for ${percent(stoppedShare)} of a full collection.`;
  const parts = shares.map((one) => `${percent(collectorHabits[one].stoppedShare)} under ${one}`);
  return `It stands still for so much of a full collection: ${parts.join(', ')}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
