import type { ActivatorSpec } from './activator-spec.js';
import type { Distribution } from '../kernel/distributions.js';
import type { Micros } from '../kernel/micros.js';
import type { ClusterSpec } from './cluster-spec.js';
import type { CommandedBalancing, HealthCheckSpec } from './balance/balance-settings.js';
import type { BalancingSpec } from './balancing-spec.js';
import type { BootSpec, ElasticPoolSpec } from './elastic-pool-spec.js';
import type { FaultSpec } from './fault-spec.js';
import type { JvmSpec } from './jvm/jvm-spec.js';
import type { ImageSpec } from './image-spec.js';
import type { DependencyPlaceSpec, NetworkSpec } from './network-spec.js';
import type { ProbeSpec, ReadinessSpec } from './probe-spec.js';
import type { ConsumerSpec, QueueSpec } from './queue-spec.js';
import type { DisruptionBudget, RolloutStrategy } from './rollout-spec.js';
import type { NodeMarks } from './scheduling/node-marks.js';
import type { PodConstraints } from './scheduling/pod-constraints.js';
import type { TrafficSpec, WorkSpec } from './traffic-spec.js';

/** How a balancer chooses among its endpoints. */
export type BalancerPolicy = 'round-robin' | 'random' | 'least-connections' | 'power-of-two';

/** A balancer in front of a workload. */
export interface BalancerSpec extends BalancingSpec {
  readonly policy: BalancerPolicy;
  /** `equal`, or in proportion to the CPU speed of the node behind each endpoint; absent means equal. */
  readonly weights?: 'equal' | 'cpu-speed';
  /** Whether it chooses for every request (absent), as a proxy of layer 7 does, or once for every connection, as one of layer 4 does. */
  readonly per?: 'request' | 'connection';
  /** `prefer-zone`: among the endpoints of the caller's zone as long as it has any; absent means among all. */
  readonly topology?: 'prefer-zone';
  /** From a change of a pod's endpoint until the balancer routes by it. */
  readonly endpointLagMicros: Micros;
  /** Active health checks; null means none. */
  readonly health: HealthCheckSpec | null;
}

/** CPU bandwidth of a pod: so much CPU time in each period, and no more. */
export interface CpuQuota {
  /** The CPU limit, in cores. */
  readonly cores: number;
  readonly periodMicros: Micros;
}

/** What about serving follows the CPU that a pod is given. */
export interface ServingSizing {
  /** Cores of its node, for threads and for a pod without a limit. */
  readonly hostCores: number;
  /** Pods share those by weight; absent means that a pod without a limit has what it requests. */
  readonly shared?: boolean;
  /** Length of the periods in which a CPU limit is enforced. */
  readonly periodMicros: Micros;
  /** There is a worker for each core that it may use; absent means that `concurrency` was written. */
  readonly workersPerCore?: true;
}

/** How a pod serves requests. */
export interface ServingSpec {
  /**
   * `fcfs`: each of `concurrency` workers takes one request, first come first served, at full speed.
   * `processor-sharing`: requests in their CPU phase share `cpuCores`, none faster than one core.
   * `cfs`: requests in their CPU phase are threads on `cpuCores` cores of the node, stopped for the rest of a period when the pod has used
   * the `quota` of its CPU limit.
   * `per-request`: a pool of up to `concurrency` single-request instances behind one queue, set up on demand and gone when idle.
   */
  readonly discipline: 'fcfs' | 'processor-sharing' | 'cfs' | 'per-request';
  /** Requests a pod takes at once; Infinity means no limit. */
  readonly concurrency: number;
  /** Requests that may wait for a worker; Infinity means no limit. */
  readonly queueLimit: number;
  /** How long a request may wait in the queue before it gives up, in microseconds; null waits for ever. */
  readonly patience: Distribution | null;
  /** New requests are refused while the one at the head of the queue has waited longer; absent means they are not. */
  readonly maxQueueDelayMicros?: Micros;
  /** Cores shared under `processor-sharing`, cores of the node under `cfs`. */
  readonly cpuCores: number;
  /** CPU bandwidth under `cfs`; absent means no limit. */
  readonly quota?: CpuQuota;
  /** How it changes with the resources of the pod; absent means that it does not. */
  readonly sizing?: ServingSizing;
  /** Time to set up an instance under `per-request`, in microseconds. */
  readonly setUp: Distribution;
}

/** How a process warms up: a request at first takes `factor` times its CPU, less and less with requests served, or with time. */
export type WarmUpSpec = { readonly factor: number } & (
  | { readonly requests: number; readonly timeMicros?: never }
  | { readonly requests?: never; readonly timeMicros: Micros }
);

/** What every pod of a workload is. */
export interface PodSpec {
  readonly serving: ServingSpec;
  readonly cpuRequestMillis: number | null;
  readonly cpuLimitMillis: number | null;
  readonly memoryRequestMiB: number | null;
  /** Memory a pod uses when idle. */
  readonly memoryIdleMiB: number;
  /** Memory a request uses while waiting or being served. */
  readonly memoryPerRequestMiB: number;
  /** A container that uses more is killed; absent means no limit. */
  readonly memoryLimitMiB?: number;
  /** What a container leaks; absent means nothing. */
  readonly memoryGrowthMiBPerHour?: number;
  /** Caches inside a container that fill evenly from its start on. */
  readonly memoryCache?: { readonly sizeMiB: number; readonly fillMicros: Micros };
  /** Its memory is that of a JVM, and none of the four above count; absent means that it is not one. */
  readonly jvm?: JvmSpec;
  /** Pulled before the container starts where the node lacks it; absent means that `start` covers it. */
  readonly image?: ImageSpec;
  /** From the container's start to the process listening, in microseconds, keyed by the pod's ordinal. */
  readonly start: Distribution;
  /** Cores that a process uses from its container's start until it listens; absent means none. */
  readonly startUpCores?: number;
  /** Absent means that a process is as fast at first as later. */
  readonly warmUp?: WarmUpSpec;
  readonly readiness: ReadinessSpec;
  /** Until it has succeeded there are no other probes; absent means none. */
  readonly startupProbe?: ProbeSpec;
  /** A container that fails it is killed and started again; absent means none. */
  readonly livenessProbe?: ProbeSpec;
  readonly termination: { readonly preStopMicros: Micros; readonly graceMicros: Micros };
}

/** A new revision of a workload's pods. */
export interface RolloutSpec {
  readonly at: Micros;
  /** What the pods of the new revision are. */
  readonly pod: PodSpec;
  /** How many times the CPU of the revision before the run a request takes. */
  readonly demandFactor: number;
}

/** A group of equal pods behind a balancer, or at a queue. */
export interface WorkloadSpec {
  readonly name: string;
  readonly pod: PodSpec;
  readonly initialReplicas: number;
  /** Requests and limits of its pods may change during the run; absent means that they do not. */
  readonly resourcesChange?: true;
  /** New revisions of its pods, in the order of their times; absent means none. */
  readonly rollouts?: readonly RolloutSpec[];
  /** How revisions replace each other; must be given where there are `rollouts`. */
  readonly strategy?: RolloutStrategy;
  /** Absent means that evictions are never refused. */
  readonly disruptionBudget?: DisruptionBudget;
  /** What makes one pod dearer to delete than another when there are too many; absent means nothing. */
  readonly deletionCost?: 'in-flight';
  readonly balancer: BalancerSpec;
  /** What of its balancers the engine commands; absent means nothing. */
  readonly commanded?: CommandedBalancing;
  /** What it does when another workload calls it. */
  readonly work: WorkSpec;
  /** Absent means that requests which find no endpoint are rejected. */
  readonly activator?: ActivatorSpec;
  /**
   * Its pods count what they answer, by latency: upper bounds of the buckets in microseconds, ascending, without infinity. Absent means that
   * nobody asks them.
   */
  readonly latencyBuckets?: readonly number[];
  /** Its pods take jobs from a queue; absent means that a balancer brings their work. */
  readonly consumes?: ConsumerSpec;
  /** What its pods ask of nodes besides room; absent means nothing. */
  readonly scheduling?: PodConstraints;
  /** Its pods do nothing but hold room that others may take; absent means that it serves. */
  readonly headroom?: true;
}

/** A station that does not scale: a database, a third party. */
export interface DependencySpec {
  readonly name: string;
  /** Requests served at once. */
  readonly concurrency: number;
  /** Requests that may wait; Infinity means no limit. */
  readonly queueLimit: number;
  /** Requests per second that it admits, the rest rejected at once (token bucket of one second); null means no limit. */
  readonly rateLimit: number | null;
  /** Service time in microseconds. */
  readonly service: Distribution;
  /** Absent where nobody said. */
  readonly place?: DependencyPlaceSpec;
}

/** How the nodes of a pool that are not there from the beginning come up. */
export interface JoiningSpec extends BootSpec {
  /** Nodes that are ready from the beginning. */
  readonly initial: number;
  /** When the others are asked for; an instant before the start of the run means its start. */
  readonly at: Micros;
}

/** A pod on every node of a pool that is not of the scenario's workloads. */
export interface NeighbourSpec {
  readonly cpuRequestMillis: number;
  /** Cores that its threads could use. */
  readonly cores: number;
  /** Null means from the beginning, warm-up included. */
  readonly from: Micros | null;
  /** Null means to the end. */
  readonly to: Micros | null;
}

/** A pool of equal nodes. */
export interface NodePoolSpec extends NodeMarks {
  readonly name: string;
  readonly instanceType: string;
  /** Nodes of a fixed pool; of one that changes, those that are ready from the beginning. */
  readonly count: number;
  /** Absent means a fixed pool. */
  readonly elastic?: ElasticPoolSpec;
  /** The machines belong to this workload, one process on each, and its replicas are their number; absent means that pods are scheduled. */
  readonly workload?: string;
  /** Region and availability zone; absent where nobody said. */
  readonly region?: string;
  readonly zone?: string;
  /** Absent means that all are there from the beginning. */
  readonly joining?: JoiningSpec;
  /** What pods of workloads can be given: what can be allocated, less what daemon sets take. */
  readonly cpuMillis: number;
  /** Cores of the machine, which pods share by weight where the cluster says so; absent means those that can be allocated. */
  readonly cores?: number;
  /** Others that run on every node of the pool. */
  readonly neighbours?: readonly NeighbourSpec[];
  readonly memoryMiB: number;
  readonly maxPods: number;
  readonly pricePerHour: number;
  /** CPU speed as a factor of the core that demands are written for. */
  readonly cpuSpeed: number;
}

/** How metrics reach the engine. */
export interface MetricPipelineSpec {
  readonly scrapeMicros: Micros;
  /** From the scrape until the engine can see it. */
  readonly lagMicros: Micros;
  /** Chance that one pod's sample of one scrape is lost. */
  readonly dropped: number;
}

/** How the bill is made: by node, or by pod where nodes are somebody else's. */
export type BillingSpec = { readonly kind: 'nodes' } | { readonly kind: 'pods'; readonly pricePerPodHour: number };

/** A whole simulated world: a scenario after every name, default and unit has been resolved. */
export interface WorldSpec {
  readonly name: string;
  readonly seed: number;
  /** Instant zero, in microseconds since 1970-01-01T00:00Z. */
  readonly originEpochMicros: number;
  readonly durationMicros: Micros;
  /** Simulated first, not counted in the result. */
  readonly warmUpMicros: Micros;
  /** Length of one row of the result's series. */
  readonly stepMicros: Micros;
  readonly tickMicros: Micros;
  readonly slo: { readonly latencyMicros: Micros; readonly target: number };
  readonly traffic: readonly TrafficSpec[];
  readonly workloads: readonly WorkloadSpec[];
  readonly dependencies: readonly DependencySpec[];
  /** Absent where there are none. */
  readonly queues?: readonly QueueSpec[];
  /** Empty means pods always find a place (a serverless platform). */
  readonly nodePools: readonly NodePoolSpec[];
  readonly metrics: MetricPipelineSpec;
  readonly cluster: ClusterSpec;
  readonly faults: readonly FaultSpec[];
  /** Absent where messages take no time and are not counted; must be given where a fault disturbs the network. */
  readonly network?: NetworkSpec;
  readonly billing: BillingSpec;
}
