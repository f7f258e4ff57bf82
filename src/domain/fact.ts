import type { Micros } from '../kernel/micros.js';
import type { PodResources } from './pod-resources.js';
import type { NodeMarks } from './scheduling/node-marks.js';

interface At {
  /** When it happened or arrived, by the engine's clock. */
  readonly at: Micros;
}

interface OfPod extends At {
  readonly workload: string;
  readonly pod: string;
}

/** The number of replicas asked for was set, by the engine's command or by somebody else. */
export interface ReplicasSet extends At {
  readonly type: 'replicasSet';
  readonly workload: string;
  readonly replicas: number;
}

/** A pod object exists; it is pending until it is scheduled and started. */
export interface PodCreated extends OfPod {
  readonly type: 'podCreated';
  /** Absent means those of the manifest. */
  readonly resources?: PodResources;
  /** Which revision of its workload made it, as the label pod-template-hash tells; the one before the run is 0. Absent where nobody needs to know. */
  readonly revision?: number;
}

/** A new revision of a workload's pods is to take the place of the others, at the engine's pace. */
export interface RolloutBegan extends At {
  readonly type: 'rolloutBegan';
  readonly workload: string;
  /** Grows by one each time. */
  readonly revision: number;
}

/** Pods of a workload that are created from now on have other resources. */
export interface PodResourcesSet extends At {
  readonly type: 'podResourcesSet';
  readonly workload: string;
  readonly resources: PodResources;
}

/** A pod was resized in place. */
export interface PodResized extends OfPod {
  readonly type: 'podResized';
  readonly resources: PodResources;
}

/** A pod cannot be resized in place: `deferred` for lack of room on its node at present, `infeasible` for good. */
export interface PodResizeRefused extends OfPod {
  readonly type: 'podResizeRefused';
  readonly cause: 'deferred' | 'infeasible';
  readonly reason: string;
}

/** The Eviction API has refused to evict a pod. */
export interface PodEvictionRefused extends OfPod {
  readonly type: 'podEvictionRefused';
  readonly reason: string;
}

/** A container was killed for using more memory than its limit; its pod starts it again, or is removed. */
export interface ContainerOomKilled extends OfPod {
  readonly type: 'containerOomKilled';
  /** Memory in use when it was killed. */
  readonly memoryMiB: number;
}

/** The process of a container has ended by itself, or never began; its pod starts it again, or is removed. */
export interface ContainerExited extends OfPod {
  readonly type: 'containerExited';
  /** Its reason in one word, as `kubectl describe` shows one. */
  readonly cause: 'OutOfMemoryError' | 'StartError';
  /** In words. */
  readonly reason: string;
}

/** A pod was bound to a node; Kubernetes' status.startTime. */
export interface PodScheduled extends OfPod {
  readonly type: 'podScheduled';
  readonly node: string;
}

/** A pod fits on no node at present. */
export interface PodFoundUnschedulable extends OfPod {
  readonly type: 'podFoundUnschedulable';
  readonly reason: string;
}

/** Room on a node is promised to a pod for which others have been driven out; Kubernetes' status.nominatedNodeName. */
export interface PodNominated extends OfPod {
  readonly type: 'podNominated';
  /** Null where it is promised no more. */
  readonly node: string | null;
}

/** A pod's container runs; it is not ready yet. */
export interface PodStarted extends OfPod {
  readonly type: 'podStarted';
}

/** A pod's Ready condition became true. */
export interface PodBecameReady extends OfPod {
  readonly type: 'podBecameReady';
}

/** A pod's Ready condition became false. */
export interface PodBecameUnready extends OfPod {
  readonly type: 'podBecameUnready';
  readonly reason: string;
}

/** A pod was asked to stop: its deletion timestamp was set. */
export interface PodBeganTerminating extends OfPod {
  readonly type: 'podBeganTerminating';
  readonly reason: string;
}

/** A pod is gone. */
export interface PodRemoved extends OfPod {
  readonly type: 'podRemoved';
  readonly reason: string;
}

/** A node takes pods, with what it can allocate. */
export interface NodeBecameReady extends At, NodeMarks {
  readonly type: 'nodeBecameReady';
  readonly node: string;
  readonly instanceType: string;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly maxPods: number;
  /** The label topology.kubernetes.io/zone; absent where it has none, or nobody needs to know. */
  readonly zone?: string;
  /** CPU speed of its machine, over the core that demands are written for; absent where nobody needs to know. */
  readonly cpuSpeed?: number;
}

/** A node stopped answering. */
export interface NodeLost extends At {
  readonly type: 'nodeLost';
  readonly node: string;
}

/** The number of nodes of a pool that are asked for was set, by the engine's command or by somebody else. */
export interface NodeCountSet extends At {
  readonly type: 'nodeCountSet';
  readonly pool: string;
  readonly nodes: number;
}

/** A machine of a pool whose number may change was asked for, or called from its warm pool; it takes no pods yet. */
export interface NodeLaunched extends At {
  readonly type: 'nodeLaunched';
  readonly node: string;
  readonly pool: string;
}

/** A machine that was asked for is not to be had: it will never be there. Its pool still counts on it until somebody asks for fewer. */
export interface NodeLaunchFailed extends At {
  readonly type: 'nodeLaunchFailed';
  readonly node: string;
  readonly pool: string;
  /** The provider's word for it, as InsufficientInstanceCapacity. */
  readonly reason: string;
}

/** A node takes no more pods, and those on it are asked to stop. */
export interface NodeBeganDraining extends At {
  readonly type: 'nodeBeganDraining';
  readonly node: string;
  readonly reason: string;
}

/** A machine was terminated. */
export interface NodeRemoved extends At {
  readonly type: 'nodeRemoved';
  readonly node: string;
  readonly reason: string;
}

/**
 * One scrape of a workload's pods has arrived. Columns: entry i of each array belongs to `pods[i]`; a pod without a sample is not listed.
 * `cpuMicros` is the counter of CPU time used since the container started, `memoryMiB` and `inFlight` are gauges.
 */
export interface PodsScraped extends At {
  readonly type: 'podsScraped';
  readonly workload: string;
  /** When the values were read. */
  readonly scrapedAt: Micros;
  readonly pods: readonly string[];
  readonly cpuMicros: readonly number[];
  readonly memoryMiB: readonly number[];
  readonly inFlight: readonly number[];
  /**
   * Counters that the balancers keep of each pod: attempts that have left it, however they ended, and the time they were on board in
   * microseconds, as HAProxy's and Envoy's request times by server. Absent where nobody needs to know.
   */
  readonly answered?: readonly number[];
  readonly answerMicros?: readonly number[];
  /** Absent where nobody asks pods what they have answered. */
  readonly responses?: PodResponses;
  /** What JVMs report of themselves; absent where the workload has none. */
  readonly heap?: HeapColumns;
}

/** Gauges of JVMs, a column each; what a process has not come to know yet is not finite. */
export interface HeapColumns {
  /** Heap in use after the newest collection of all of it (jvm_gc_live_data_size_bytes). */
  readonly liveMiB: readonly number[];
  /** Everything that is not heap. */
  readonly nonHeapMiB: readonly number[];
  /** Rate at which objects grew old between the two newest of those collections (jvm_gc_memory_promoted_bytes_total). */
  readonly fillMiBPerSecond: readonly number[];
}

/** What pods tell of the requests that they have answered since their containers started; entry i of each array belongs to pod i of the scrape. */
export interface PodResponses {
  /** Upper bounds of the buckets in seconds, ascending, without infinity. */
  readonly le: readonly number[];
  /** Counters of requests answered, properly and with an error. */
  readonly ok: readonly number[];
  readonly errors: readonly number[];
  /** Counter of the time from when a request came on board until its answer. */
  readonly sumMicros: readonly number[];
  /** Counters of the requests answered within each of `le`. */
  readonly buckets: readonly (readonly number[])[];
}

/** One scrape of a workload's balancer has arrived: counters since the start and gauges. */
export interface TrafficScraped extends At {
  readonly type: 'trafficScraped';
  readonly workload: string;
  readonly scrapedAt: Micros;
  /** Counter of requests offered to the workload, retries included. */
  readonly requests: number;
  /** Counter of requests that failed at the workload. */
  readonly errors: number;
  /** Gauge: requests waiting for a worker in all pods; of a workload that consumes a queue, the messages that wait in it. */
  readonly queueLength: number;
  /** Gauge: requests waiting or being served. */
  readonly inFlight: number;
  /** The broker's numbers of the queue that the workload consumes; absent where it consumes none. */
  readonly queue?: QueueReading;
}

/** What a broker says of one queue. */
export interface QueueReading {
  /** Gauge: messages waiting, and those delivered but not acknowledged. */
  readonly messages: number;
  /** Gauge: how long ago the oldest message that waits was published; 0 where none does. */
  readonly ageSeconds: number;
  /** Counter of messages published since the start. */
  readonly published: number;
}

/** The control loop's period has passed; `at` is the due time. */
export interface Ticked extends At {
  readonly type: 'ticked';
}

/** Everything the engine can be told. Past tense, plain JSON values, one union. */
export type Fact =
  | ReplicasSet
  | PodCreated
  | RolloutBegan
  | PodResourcesSet
  | PodResized
  | PodResizeRefused
  | PodEvictionRefused
  | ContainerOomKilled
  | ContainerExited
  | PodScheduled
  | PodFoundUnschedulable
  | PodNominated
  | PodStarted
  | PodBecameReady
  | PodBecameUnready
  | PodBeganTerminating
  | PodRemoved
  | NodeBecameReady
  | NodeLost
  | NodeCountSet
  | NodeLaunched
  | NodeLaunchFailed
  | NodeBeganDraining
  | NodeRemoved
  | PodsScraped
  | TrafficScraped
  | Ticked;
