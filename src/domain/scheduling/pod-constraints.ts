import type { LabelSelector } from './label-selector.js';
import type { Labels } from './labels.js';
import type { NodeSelectorTerm, NodeWishes, PreferredTerm } from './node-affinity.js';
import {
  type PodAffinityTerm,
  type PodRequirements,
  plainPod,
  type PreferredPods,
  type SpreadConstraint,
} from './pod-requirements.js';
import type { Toleration } from './taint.js';

/** What the pods of a workload ask of their nodes besides room; everything absent means that they ask for nothing. */
export interface PodConstraints extends NodeWishes {
  readonly requiredNodes?: readonly NodeSelectorTerm[];
  readonly preferredNodes?: readonly PreferredTerm[];
  readonly tolerations?: readonly Toleration[];
  readonly affinity?: readonly PodAffinityTerm[];
  readonly antiAffinity?: readonly PodAffinityTerm[];
  readonly preferredPods?: readonly PreferredPods[];
  readonly spread?: readonly SpreadConstraint[];
  /** Absent means 0. */
  readonly priority?: number;
  /** It waits its turn and drives nobody out; absent means that it may. */
  readonly preempts?: false;
}

/** The label by which pods are known to be of a workload. */
const WORKLOAD_LABEL = 'app';

/** The labels of a workload's pods. */
export function podLabels(workload: string): Labels {
  return { [WORKLOAD_LABEL]: workload };
}

/** Selects the pods of some workloads. */
export function workloadsSelector(workloads: readonly string[]): LabelSelector {
  return { matchExpressions: [{ key: WORKLOAD_LABEL, operator: 'In', values: workloads }] };
}

/** What a pod of a workload needs of a node. A new object at every call: callers keep one for each kind of pods. */
export function requirementsOf(
  workload: string,
  { cpuMillis, memoryMiB }: { readonly cpuMillis: number; readonly memoryMiB: number },
  constraints: PodConstraints = {},
): PodRequirements {
  const { preempts, ...asked } = constraints;
  return { ...plainPod(cpuMillis, memoryMiB, podLabels(workload)), ...asked, preempts: preempts ?? true };
}
