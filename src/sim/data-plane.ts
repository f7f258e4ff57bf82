import type { BalanceSettings } from '../domain/balance/balance-settings.js';
import type { QueueReading } from '../domain/fact.js';
import type { PlaceSpec } from '../domain/network-spec.js';
import type { PodSpec } from '../domain/world-spec.js';
import type { Micros } from '../kernel/micros.js';

/** Why a process goes away with requests on board: at the end of its grace by a scaling action, a new revision or an eviction, or by a failure. */
export type CutCause = 'scaling' | 'rollout' | 'eviction' | 'preemption' | 'failure';

/** A request that a prober has sent to a process. */
export interface ProbePort {
  /** When it was answered or, as things stand, will be; null while that is not known, and for ever if the process is gone before. */
  answeredAt(): Micros | null;
  /** The prober waits no longer. */
  giveUp(): void;
}

/** How the collector of a process's heap uses the CPU of its container; all CPU times in microseconds. */
export interface CollectorPort {
  /** CPU time that requests have used since the process was made. */
  requestMicros(): number;
  /** Cores that requests run on at present. */
  requestCores(): number;
  /** CPU time that collecting has used. */
  collectMicros(): number;
  /**
   * So many threads collect from now on, none any more with 0. While the program `stands` still, requests on board get on with nothing, and a
   * wait that ends goes on when it no longer does; else the threads share the CPU with those of the requests.
   */
  collect(threads: number, stands: boolean): void;
  /** When the threads that collect will have used so much more, as things stand; at least one must. */
  collectedAt(cpuMicros: number): Micros;
}

/** A pod's process as the control plane handles it; the request path stands behind it. */
export interface ProcessPort {
  /** Position of the pod in its workload's order of creation, 0 the first. */
  readonly ordinal: number;
  /** From now on it takes requests (true), or refuses new ones, to the account of `cause`, while it finishes those it has (false). */
  listen(accepting: boolean, cause?: CutCause): void;
  /** Whether it takes requests. */
  readonly listening: boolean;
  /** The process is gone: requests on board fail, new ones are refused. `cause` says to whose account. */
  cut(cause: CutCause): void;
  /** Requests waiting or being served, calls held included. */
  inFlight(): number;
  /** Requests waiting for a worker. */
  queued(): number;
  /** CPU time used since the process was made, in microseconds. */
  cpuMicros(): number;
  /** Worker time of the requests it is done with (core time so far where they share cores), in microseconds. */
  servedMicros(): number;
  /** It uses so many cores from now on, besides what requests take; 0 when it has started. Ends when it is cut. */
  startUp(cores: number): void;
  /** Its container has other requests and limits from now on: its CPU quota and its weight change, its workers stay. */
  resize(spec: PodSpec): void;
  /** Loses a share of its workers or cores (0 gives them back); requests being served are not disturbed. */
  loseCapacity(share: number): void;
  /** From now on (1) it answers this share of its requests with an error, at once and without work, or no longer (-1). */
  answerErrors(share: number, by: 1 | -1): void;
  /**
   * A request of nobody's arrives now. It waits for a worker behind the requests that are there, as one of them would, and then takes so much
   * CPU time of a core of speed 1, in microseconds, which none leaves out: where threads share CPU as one more of them, elsewhere beside the
   * workers. It counts for nothing else; where the line is full it is never answered.
   */
  probe(cpuMicros?: number): ProbePort;
  /**
   * `exceeded` is told, once, when more than `most` are on board: the request path then comes no further than that instant. It must not act
   * before the path has come to rest there. The limit may be set anew at any time.
   */
  limitInFlight(most: number, exceeded: (at: Micros) => void): void;
  /** What collects its heap; absent where its pod has no JVM. */
  readonly collector?: CollectorPort | undefined;
  /** What it has answered so far; absent where nobody asks the workload's pods. */
  readonly responses?: () => ResponseCounters;
  /** Tells the request path since when the pod has been ready, to tell cold pods from warm ones. */
  markReady(at: Micros): void;
  /** What balancers have counted of it; absent where they do not count. */
  readonly answers?: () => PodAnswers;
}

/** What an endpoint gets of what is new. */
export interface EndpointShare {
  /** Over that of others; 0 gets nothing. */
  readonly weight: number;
  /** The zone whose callers it is for; null or absent where it is for all. */
  readonly zone?: string | null;
}

/** What balancers have counted of a process since it was made. */
export interface PodAnswers {
  /** Attempts that have left it, however they ended. */
  readonly answered: number;
  /** Time that they were on board, in microseconds. */
  readonly micros: number;
}

/** Counters of the requests that a process has answered since it was made. */
export interface ResponseCounters {
  /** Answered properly, and with an error. */
  readonly ok: number;
  readonly errors: number;
  /** Time from on board to answered, summed. */
  readonly sumMicros: number;
  /** How many were answered within each bound of the workload's buckets. */
  readonly buckets: readonly number[];
}

/** Counters of one workload's balancer, since the start. */
export interface TrafficCounters {
  readonly requests: number;
  readonly errors: number;
  /** Requests that wait for an endpoint at present. */
  readonly held: number;
}

/** What a broker shows of one queue. */
export interface QueueGauges {
  /** Messages that wait. */
  readonly waiting: number;
  readonly reading: QueueReading;
}

/** Where a process runs. */
export interface HostOfProcess {
  /** CPU speed of its node. */
  readonly speed: number;
  /** Absent where nodes stand nowhere. */
  readonly place?: PlaceSpec;
  /** The cores that it shares with the others of its node; absent where nobody is in its way. */
  readonly cpu?: NodeCpuPort;
}

/** What a process is made of. */
export interface ProcessForm {
  readonly spec: PodSpec;
  /** How many times its CPU a request takes here. */
  readonly demandFactor: number;
  /** Which roll-out of the workload made it; absent means the state before the run. */
  readonly revision?: number;
}

/** A workload as the control plane handles it. */
export interface WorkloadPort {
  /**
   * Makes the process of a new pod: it listens to nobody and is routed nothing yet. Without a form it is what its workload says.
   */
  open(ordinal: number, host: HostOfProcess, form?: ProcessForm): ProcessPort;
  /**
   * The endpoints that the balancer routes to from now on; terminating ones are told apart so that refusals can be accounted for.
   * `shares` are theirs, one for each, where somebody has said how requests are shared.
   */
  route(endpoints: readonly ProcessPort[], shares?: readonly EndpointShare[]): void;
  /** The balancer is set anew; must only be asked for what the workload says is commanded. */
  set?(settings: BalanceSettings): void;
  counters(): TrafficCounters;
  /** The queue that it consumes, as its broker shows it now; absent where it consumes none. */
  readonly queue?: () => QueueGauges;
}

/** Threads on a node that serve none of our requests. */
export interface LoadPort {
  /** From now on they could use so many cores; at first none. */
  use(cores: number): void;
  /** CPU time used so far, in microseconds. */
  usedMicros(): number;
}

/** The cores of a node that its pods share by weight. */
export interface NodeCpuPort {
  /** Adds somebody else who uses them, with a weight as of `cpuWeight`. */
  load(weight: number): LoadPort;
}

/** A dependency as the control plane handles it. */
export interface DependencyPort {
  /** Service begun from now on takes `factor` times as long. */
  slow(factor: number): void;
}

/**
 * The plane of requests behind one port, so that an approximate plane can stand beside the exact one.
 *
 * `advance` carries every request through (from, to], arrivals, services, calls, time-outs and retries included; it is called with
 * adjoining stretches. When a process has more on board than it may (`limitInFlight`), it stops at the end of that instant, and the next stretch begins there. Between two calls the control plane may use the other methods, all of which act at the instant it has come to.
 */
export interface DataPlane {
  advance(from: Micros, to: Micros): void;
  workload(name: string): WorkloadPort;
  dependency(name: string): DependencyPort;
  /** Makes the cores of a node, for the processes that are opened on it. */
  node(cores: number): NodeCpuPort;
}
