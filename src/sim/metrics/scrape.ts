import type { HeapColumns, PodsScraped, TrafficScraped } from '../../domain/fact.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { PodAnswers, ProcessPort } from '../data-plane.js';
import { podMemoryMiB } from '../memory/pod-memory.js';
import type { Pod } from '../pods/pod.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import { ResponseColumns } from './response-columns.js';

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
  const pods: string[] = [];
  const cpuMicros: number[] = [];
  const memoryMiB: number[] = [];
  const inFlight: number[] = [];
  const responses = responsesOf(workload);
  const sampled: ProcessPort[] = [];
  const read: Pod[] = [];
  let queueLength = 0;
  let inFlightOfAll = 0;
  for (const pod of workload.pods) {
    if (!pod.running || pod.process === null) continue;
    const onBoard = pod.process.inFlight();
    queueLength += pod.process.queued();
    inFlightOfAll += onBoard;
    if (isSilent(pod, losses)) continue;
    pods.push(pod.name);
    cpuMicros.push(Math.round(pod.process.cpuMicros()));
    memoryMiB.push(Math.round(podMemoryMiB(pod, scrapedAt) * 1000) / 1000);
    inFlight.push(onBoard);
    addResponses(responses, pod.process);
    sampled.push(pod.process);
    read.push(pod);
  }
  const { requests, errors, held } = port.counters();
  const queue = port.queue?.();
  const { name } = spec;
  return {
    pods: {
      ...{ type: 'podsScraped', workload: name, scrapedAt, pods, cpuMicros, memoryMiB, inFlight },
      ...(responses === null ? {} : { responses }),
      ...answersOf(spec, sampled),
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

const NOTHING: PodAnswers = { answered: 0, micros: 0 };

/** What balancers have counted of the pods, where somebody goes by it. */
function answersOf(
  { commanded }: WorkloadSpec,
  processes: readonly ProcessPort[],
): Pick<PodsScraped, 'answered' | 'answerMicros'> {
  if (commanded?.latency !== true) return {};
  const answers = processes.map((process) => process.answers?.() ?? NOTHING);
  return {
    answered: answers.map(({ answered }) => answered),
    answerMicros: answers.map(({ micros }) => Math.round(micros)),
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

/** Null where nobody asks pods what they have answered. */
function responsesOf({ spec: { latencyBuckets } }: SimWorkload): ResponseColumns | null {
  return latencyBuckets === undefined ? null : new ResponseColumns(latencyBuckets);
}

function addResponses(columns: ResponseColumns | null, process: ProcessPort): void {
  columns?.push(process.responses?.());
}

/** Whether a pod yields no sample this time. */
function isSilent(pod: Pod, losses: Losses): boolean {
  return losses.silent.has(pod) || lost(pod.ordinal, losses);
}
