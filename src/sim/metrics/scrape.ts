import type { HeapColumns, PodsScraped, TrafficScraped } from '../../domain/fact.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { KeyedRandom } from '../../kernel/random.js';
import { podMemoryMiB } from '../memory/pod-memory.js';
import type { Pod } from '../pods/pod.js';
import type { SimWorkload } from '../pods/sim-workload.js';

/** What one scrape of one workload read. */
export interface Scrape {
  readonly pods: Omit<PodsScraped, 'at'>;
  readonly traffic: Omit<TrafficScraped, 'at'>;
}

/** Chance decides which samples are lost: the pod's ordinal is the ordinal, the number of the scrape the salt. Pods that are `silent` have none. */
export interface Losses {
  readonly random: KeyedRandom;
  readonly probability: number;
  readonly scrape: number;
  readonly silent: ReadonlySet<Pod>;
}

/** Reads every pod of a workload whose container runs, ready or not, and the workload's balancer, which loses no samples; requests held for the first pod count as waiting. */
export function scrape(workload: SimWorkload, scrapedAt: Micros, losses: Losses): Scrape {
  const { spec, port } = workload;
  const read: Pod[] = [];
  const pods: string[] = [];
  const cpuMicros: number[] = [];
  const memoryMiB: number[] = [];
  const inFlight: number[] = [];
  let queueLength = 0;
  let inFlightOfAll = 0;
  for (const pod of workload.pods) {
    if (!pod.running || pod.process === null) continue;
    const onBoard = pod.process.inFlight();
    queueLength += pod.process.queued();
    inFlightOfAll += onBoard;
    if (losses.silent.has(pod) || lost(pod.ordinal, losses)) continue;
    read.push(pod);
    pods.push(pod.name);
    cpuMicros.push(Math.round(pod.process.cpuMicros()));
    memoryMiB.push(Math.round(podMemoryMiB(pod, scrapedAt) * 1000) / 1000);
    inFlight.push(onBoard);
  }
  const { requests, errors, held } = port.counters();
  const queue = port.queue?.();
  const { name } = spec;
  return {
    pods: {
      type: 'podsScraped',
      workload: name,
      scrapedAt,
      pods,
      cpuMicros,
      memoryMiB,
      inFlight,
      ...heapColumns(spec, read),
    },
    traffic: {
      type: 'trafficScraped',
      workload: name,
      scrapedAt,
      requests,
      errors,
      queueLength: queue?.waiting ?? queueLength + held,
      inFlight: inFlightOfAll + held,
      ...(queue === undefined ? {} : { queue: queue.reading }),
    },
  };
}

function lost(ordinal: number, { random, probability, scrape: number }: Losses): boolean {
  return probability > 0 && random.uniform(ordinal, number) < probability;
}

function heapColumns({ pod: { jvm } }: WorkloadSpec, pods: readonly Pod[]): { readonly heap?: HeapColumns } {
  if (jvm === undefined) return {};
  const column = (key: 'liveMiB' | 'nonHeapMiB' | 'fillMiBPerSecond'): number[] =>
    pods.map(({ heap }) => Math.round((heap?.[key] ?? NaN) * 1000) / 1000);
  return {
    heap: {
      liveMiB: column('liveMiB'),
      nonHeapMiB: column('nonHeapMiB'),
      fillMiBPerSecond: column('fillMiBPerSecond'),
    },
  };
}
