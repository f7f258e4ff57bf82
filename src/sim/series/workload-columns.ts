import type { Micros } from '../../kernel/micros.js';
import { podMemoryMiB } from '../memory/pod-memory.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import { takeSaturation } from './saturation.js';

const COLUMNS = [
  'desiredPods',
  'pods',
  'readyPods',
  'cpuCores',
  'cpuUtilisation',
  'memoryMiB',
  'requestedCores',
  'requestedMemoryMiB',
  'queue',
  'inFlight',
  'busyShare',
  'saturatedPods',
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], number>>;

/**
 * The control plane's columns of one workload, a row a step.
 *
 * `pods` are all that exist, waiting, starting and draining ones included; `cpuUtilisation` is the CPU time ready pods used over what they
 * requested for the time they were ready, NaN where nothing is requested or none was ready. Pods, memory, requests of pods that have a place,
 * queue and requests in flight are read at the end of the step. `busyShare` and `saturatedPods` are of the pods that were ready all along;
 * where there are several zones, `saturatedPods.ZONE` counts those of each.
 */
export class WorkloadColumns {
  private readonly rows: Row[] = [];
  private readonly saturatedByZone: ReadonlyMap<string, number[]>;

  constructor(
    private readonly workload: SimWorkload,
    private readonly desired: () => number,
    zones: readonly string[],
  ) {
    this.saturatedByZone = new Map((zones.length > 1 ? zones : []).map((zone) => [zone, []]));
  }

  /** Ends a step of the given length. */
  close(now: Micros, lengthMicros: number): void {
    const { pods, usage } = this.workload;
    const used = usage.take(pods, now);
    const requested = used.requestedMillisMicros / 1000;
    const { busyShare, saturated, byZone } = takeSaturation(pods, now, lengthMicros);
    for (const [zone, counts] of this.saturatedByZone) counts.push(byZone.get(zone) ?? 0);
    this.rows.push({
      desiredPods: this.desired(),
      pods: pods.size,
      readyPods: usage.ready,
      cpuCores: used.cpuMicros / lengthMicros,
      cpuUtilisation: requested > 0 ? used.readyCpuMicros / requested : NaN,
      busyShare,
      saturatedPods: saturated,
      ...gaugesOf(this.workload, now),
    });
  }

  /** The columns so far, by name. */
  columns(): Record<string, Float64Array> {
    const zones = [...this.saturatedByZone].map(([zone, counts]): [string, Float64Array] => [
      `saturatedPods.${zone}`,
      Float64Array.from(counts),
    ]);
    return {
      ...Object.fromEntries(COLUMNS.map((name) => [name, Float64Array.from(this.rows, (row) => row[name])])),
      ...Object.fromEntries(zones),
    };
  }
}

/** What all running pods hold between them: memory, requests waiting for a worker, and requests waiting or being served. */
function gaugesOf(
  { pods }: SimWorkload,
  now: Micros,
): Pick<Row, 'memoryMiB' | 'requestedCores' | 'requestedMemoryMiB' | 'queue' | 'inFlight'> {
  let [memoryMiB, requestedMillis, requestedMemoryMiB] = [0, 0, 0];
  let queue = 0;
  let inFlight = 0;
  for (const pod of pods) {
    const { process, size } = pod;
    if (pod.scheduledAt !== null) {
      requestedMillis += size.cpuMillis;
      requestedMemoryMiB += size.memoryMiB;
    }
    if (!pod.running || process === null) continue;
    memoryMiB += podMemoryMiB(pod, now);
    queue += process.queued();
    inFlight += process.inFlight();
  }
  return { memoryMiB, requestedCores: requestedMillis / 1000, requestedMemoryMiB, queue, inFlight };
}
