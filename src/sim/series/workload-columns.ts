import type { Micros } from '../../kernel/micros.js';
import { grownMemory } from '../../domain/memory-use.js';
import type { SimWorkload } from '../pods/sim-workload.js';

const COLUMNS = [
  'desiredPods',
  'pods',
  'readyPods',
  'cpuCores',
  'cpuUtilisation',
  'memoryMiB',
  'queue',
  'inFlight',
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], number>>;

/**
 * The control plane's columns of one workload, a row a step.
 *
 * `pods` are all that exist, waiting, starting and draining ones included; `cpuUtilisation` is the CPU time ready pods used over what they
 * requested for the time they were ready, NaN where nothing is requested or none was ready. Pods, memory, queue and requests in flight
 * are read at the end of the step.
 */
export class WorkloadColumns {
  private readonly rows: Row[] = [];

  constructor(
    private readonly workload: SimWorkload,
    private readonly desired: () => number,
  ) {}

  /** Ends a step of the given length. */
  close(now: Micros, lengthMicros: number): void {
    const { spec, pods, usage } = this.workload;
    const used = usage.take(pods, now);
    const requested = ((spec.pod.cpuRequestMillis ?? 0) / 1000) * used.readyMicros;
    this.rows.push({
      desiredPods: this.desired(),
      pods: pods.size,
      readyPods: usage.ready,
      cpuCores: used.cpuMicros / lengthMicros,
      cpuUtilisation: requested > 0 ? used.readyCpuMicros / requested : NaN,
      ...gaugesOf(this.workload, now),
    });
  }

  /** The columns so far, by name. */
  columns(): Record<string, Float64Array> {
    return Object.fromEntries(COLUMNS.map((name) => [name, Float64Array.from(this.rows, (row) => row[name])]));
  }
}

/** What all running pods hold between them: memory, requests waiting for a worker, and requests waiting or being served. */
function gaugesOf({ spec, pods }: SimWorkload, now: Micros): Pick<Row, 'memoryMiB' | 'queue' | 'inFlight'> {
  let running = 0;
  let queue = 0;
  let inFlight = 0;
  let grown = 0;
  for (const pod of pods) {
    const { process } = pod;
    if (!pod.running || process === null) continue;
    running += 1;
    grown += grownMemory(spec.pod, now - (pod.runningSince ?? now));
    queue += process.queued();
    inFlight += process.inFlight();
  }
  const { memoryIdleMiB, memoryPerRequestMiB } = spec.pod;
  return { memoryMiB: memoryIdleMiB * running + memoryPerRequestMiB * inFlight + grown, queue, inFlight };
}
