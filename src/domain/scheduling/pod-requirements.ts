import type { HostPort } from './host-port.js';
import type { LabelSelector } from './label-selector.js';
import type { Labels } from './labels.js';
import type { NodeWishes, PreferredTerm } from './node-affinity.js';
import type { Toleration } from './taint.js';

/** Pods that a pod wants near, or far: in the same domain of a topology, or in another one. */
export interface PodAffinityTerm {
  readonly selector: LabelSelector;
  /** Label of nodes whose value names the domain. */
  readonly topologyKey: string;
}

/** Company that is worth so much, for every pod of it. */
export interface PreferredPods {
  /** 1 to 100, or -1 to -100 where the pod would rather be away from them. */
  readonly weight: number;
  readonly term: PodAffinityTerm;
}

/** How evenly pods are spread over the domains of a topology. */
export interface SpreadConstraint {
  readonly topologyKey: string;
  /** Which pods are counted. */
  readonly selector: LabelSelector;
  /** Most that a domain may have more than the emptiest. */
  readonly maxSkew: number;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  /** With fewer domains than this the emptiest counts as empty; 1 says nothing. */
  readonly minDomains: number;
}

/**
 * What one pod needs of a node: the part of a pod's specification that a scheduler reads.
 *
 * Immutable, and the same object for all pods of a kind: what is counted for it is kept by its identity. All pods are of one namespace.
 */
export interface PodRequirements extends NodeWishes {
  readonly labels: Labels;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** What would be nice of a node's labels. */
  readonly preferredNodes?: readonly PreferredTerm[];
  readonly tolerations: readonly Toleration[];
  readonly hostPorts: readonly HostPort[];
  /** In a domain that already has a pod of each term, or in any where there is none yet and the pod is one of them itself. */
  readonly affinity: readonly PodAffinityTerm[];
  /** In a domain that has no pod of any term. */
  readonly antiAffinity: readonly PodAffinityTerm[];
  /** Company that would be nice, or with a negative weight would not; absent means that it does not matter. */
  readonly preferredPods?: readonly PreferredPods[];
  readonly spread: readonly SpreadConstraint[];
  /** The higher one goes first, and may drive others out. */
  readonly priority: number;
  /** Whether it may drive out pods of lower priority. */
  readonly preempts: boolean;
  /** It was asked to stop: it holds its room and its terms, but topology spread counts it no more; absent means that it was not. */
  readonly terminating?: true;
  /** Of the class BestEffort: it is not given the toleration for nodes low on memory that others get; absent means that it is not. */
  readonly bestEffort?: true;
}

/** A pod that needs nothing but CPU and memory. */
export function plainPod(cpuMillis: number, memoryMiB: number, labels: Labels = {}): PodRequirements {
  return {
    labels,
    cpuMillis,
    memoryMiB,
    tolerations: [],
    hostPorts: [],
    affinity: [],
    antiAffinity: [],
    spread: [],
    priority: 0,
    preempts: true,
  };
}
