import type { LabelSelector } from '../../domain/scheduling/label-selector.js';
import type { NodeSelectorTerm } from '../../domain/scheduling/node-affinity.js';
import { type PodConstraints, podLabels, workloadsSelector } from '../../domain/scheduling/pod-constraints.js';
import type { PodAffinityTerm, PreferredPods, SpreadConstraint } from '../../domain/scheduling/pod-requirements.js';
import type { Toleration } from '../../domain/scheduling/taint.js';
import type { SchedulingSection } from './scheduling-schema.js';

type Affinity = NonNullable<SchedulingSection['affinity']>;
type Company = NonNullable<Affinity['podAffinity']>;

/** What the pods of a workload ask for, as its section says; null where it says nothing. Nothing is checked here. */
export function schedulingOf(workload: string, section: SchedulingSection): PodConstraints | null {
  const { nodeSelector, tolerations, affinity = {}, topologySpread, priority, preemptionPolicy } = section;
  const constraints = {
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
    ...(tolerations === undefined ? {} : { tolerations: tolerations.map(tolerationOf) }),
    ...nodesOf(affinity),
    ...companyOf(workload, affinity),
    ...(topologySpread === undefined ? {} : { spread: topologySpread.map((one) => spreadOf(workload, one)) }),
    ...(priority === undefined ? {} : { priority }),
    ...(preemptionPolicy === 'Never' ? { preempts: false as const } : {}),
  };
  return Object.keys(constraints).length === 0 ? null : constraints;
}

/** A toleration without the keys that nobody has given. */
export function tolerationOf({
  key,
  operator,
  value,
  effect,
}: NonNullable<SchedulingSection['tolerations']>[number]): Toleration {
  return {
    ...(key === undefined ? {} : { key }),
    operator,
    ...(value === undefined ? {} : { value }),
    ...(effect === undefined ? {} : { effect }),
  };
}

function nodesOf({ nodeAffinity = {} }: Affinity): Pick<PodConstraints, 'requiredNodes' | 'preferredNodes'> {
  const { required, preferred } = nodeAffinity;
  const termOf = ({ matchExpressions }: { readonly matchExpressions: NodeSelectorTerm }): NodeSelectorTerm =>
    matchExpressions;
  return {
    ...(required === undefined ? {} : { requiredNodes: required.map(termOf) }),
    ...(preferred === undefined
      ? {}
      : { preferredNodes: preferred.map(({ weight, preference }) => ({ weight, term: termOf(preference) })) }),
  };
}

function companyOf(
  workload: string,
  { podAffinity, podAntiAffinity }: Affinity,
): Pick<PodConstraints, 'affinity' | 'antiAffinity' | 'preferredPods'> {
  const preferred = [...preferredOf(workload, podAffinity, 1), ...preferredOf(workload, podAntiAffinity, -1)];
  return {
    ...(podAffinity?.required === undefined
      ? {}
      : { affinity: podAffinity.required.map((one) => termFor(workload, one)) }),
    ...(podAntiAffinity?.required === undefined
      ? {}
      : { antiAffinity: podAntiAffinity.required.map((one) => termFor(workload, one)) }),
    ...(preferred.length === 0 ? {} : { preferredPods: preferred }),
  };
}

function preferredOf(workload: string, company: Company | undefined, sign: 1 | -1): readonly PreferredPods[] {
  return (company?.preferred ?? []).map((one) => ({ weight: sign * one.weight, term: termFor(workload, one) }));
}

function termFor(
  workload: string,
  { topologyKey, workloads }: { readonly topologyKey: string; readonly workloads?: readonly string[] | undefined },
): PodAffinityTerm {
  const selector: LabelSelector =
    workloads === undefined ? { matchLabels: podLabels(workload) } : workloadsSelector(workloads);
  return { topologyKey, selector };
}

function spreadOf(
  workload: string,
  { topologyKey, maxSkew, whenUnsatisfiable, minDomains }: NonNullable<SchedulingSection['topologySpread']>[number],
): SpreadConstraint {
  const selector = { matchLabels: podLabels(workload) };
  return { topologyKey, selector, maxSkew, whenUnsatisfiable, minDomains };
}
