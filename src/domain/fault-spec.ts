import type { Micros } from '../kernel/micros.js';

interface From {
  readonly at: Micros;
}

interface During extends From {
  readonly durationMicros: Micros;
}

/** Pods vanish without warning: a number of them, or a share of those that run. Which ones is drawn by fault, not by time. */
export interface KillPods extends From {
  readonly kind: 'killPods';
  readonly workload: string;
  readonly pods: { readonly count: number } | { readonly share: number };
}

/** The containers of pods crash and are started again in place. */
export interface CrashPods extends From {
  readonly kind: 'crashPods';
  readonly workload: string;
  readonly pods: { readonly count: number } | { readonly share: number };
}

/** A node stops for good, with everything on it. */
export interface KillNode extends From {
  readonly kind: 'killNode';
  /** How many nodes. */
  readonly count: number;
}

/**
 * Something is wrong with all metrics meanwhile. `metricOutage`: no sample arrives. `metricFreeze`: the last samples from before arrive, with
 * their old time stamps. `metricStuck`: they arrive with fresh ones. `metricDoubled`: everything is counted twice.
 */
export interface MetricFault extends During {
  readonly kind: 'metricOutage' | 'metricFreeze' | 'metricStuck' | 'metricDoubled';
}

/** Pods that run when it begins yield no sample meanwhile, as when one of their containers has none. Which ones is drawn by fault, not by time. */
export interface MissingSamples extends During {
  readonly kind: 'missingSamples';
  readonly workload: string;
  readonly pods: { readonly count: number } | { readonly share: number };
}

/** Every container of a workload that runs, ready or not, exits and is started again in place, all at one instant. */
export interface RestartPods extends From {
  readonly kind: 'restartPods';
  readonly workload: string;
}

/** Every node of a zone stops; after `durationMicros` they are back and start their pods again, or never where it is null. */
export interface ZoneOutage extends From {
  readonly kind: 'zoneOutage';
  readonly zone: string;
  readonly durationMicros: Micros | null;
}

/** Pods created meanwhile take `factor` times as long to start. */
export interface SlowStart extends During {
  readonly kind: 'slowStart';
  readonly workload: string;
  readonly factor: number;
}

/** Requests that a dependency begins to serve meanwhile take `factor` times as long. */
export interface SlowDependency extends During {
  readonly kind: 'slowDependency';
  readonly dependency: string;
  readonly factor: number;
}

/** A share of every pod's workers (or CPU) is lost meanwhile. */
export interface LoseCapacity extends During {
  readonly kind: 'loseCapacity';
  readonly workload: string;
  readonly share: number;
}

/** One end of a disturbed way: clients outside, the nodes and dependencies of a zone, the pods of a workload, or a dependency. */
export type NetworkEnd =
  { readonly kind: 'clients' } | { readonly kind: 'zone' | 'workload' | 'dependency'; readonly name: string };

/** Messages between two places take longer or are lost meanwhile: those that are sent, or sent again, after `at` and up to its end. */
export interface NetworkFault extends During {
  readonly kind: 'network';
  readonly from: NetworkEnd;
  readonly to: NetworkEnd;
  /** Whether messages from `to` to `from` are disturbed as well. */
  readonly bothWays: boolean;
  /** Added to the round trip: half of it each way, or all of it on the one way that is disturbed. */
  readonly delayMicros: Micros;
  /** Chance that one transmission is lost, beside that of the network; 1 lets nothing through. */
  readonly loss: number;
}

/** Somebody else on some nodes wants cores meanwhile, a number of nodes or a share of those that are there. Which ones is drawn by fault. */
export interface NoisyNeighbour extends During {
  readonly kind: 'noisyNeighbour';
  readonly nodes: { readonly count: number } | { readonly share: number };
  readonly cores: number;
  readonly cpuRequestMillis: number;
}

/**
 * Processes of pods answer a share of their requests with an error, at once and without any work; those that serve when it begins, until it
 * ends or their container is started anew. They are ready throughout. Which ones is drawn by fault, not by time.
 */
export interface AnswerErrors extends During {
  readonly kind: 'answerErrors';
  readonly workload: string;
  readonly pods: { readonly count: number } | { readonly share: number };
  /** Share of the requests, above 0. */
  readonly share: number;
}

/** The provider has no machine to give for these pools meanwhile: launches end in an error, as EC2's InsufficientInstanceCapacity. */
export interface CapacityShortage extends During {
  readonly kind: 'capacityShortage';
  /** By name, at least one. */
  readonly pools: readonly string[];
  /** From a launch until the error. */
  readonly answerMicros: Micros;
  /** From the error until the group of machines, which still wants it, asks again. */
  readonly retryMicros: Micros;
}

/** A share of the machines that begin to run meanwhile never come up, and are billed all the same. Which ones is drawn by fault, not by time. */
export interface FailedBoot extends During {
  readonly kind: 'failedBoot';
  /** By name, at least one. */
  readonly pools: readonly string[];
  /** Above 0. */
  readonly share: number;
  /** From when such a machine runs until its own group finds it unhealthy and replaces it; null means that it never does. */
  readonly replacedAfterMicros: Micros | null;
}

/** Something that goes wrong at a known time. */
export type FaultSpec =
  | KillPods
  | CrashPods
  | RestartPods
  | KillNode
  | ZoneOutage
  | MetricFault
  | MissingSamples
  | SlowStart
  | SlowDependency
  | LoseCapacity
  | NetworkFault
  | NoisyNeighbour
  | AnswerErrors
  | CapacityShortage
  | FailedBoot;
