import type { PlanPod } from '../../domain/scheduling/plan-pod.js';
import type { NodePlan } from '../../domain/scheduling/node-plan.js';
import type { Refusal } from '../../domain/scheduling/refusal.js';

/** The words of the Kubernetes scheduler for each refusal, in its order; low memory, to it a taint as others, is told apart. */
const WORDS: Readonly<Record<Refusal, string>> = {
  cpu: 'Insufficient cpu',
  memory: 'Insufficient memory',
  pods: 'Too many pods',
  closed: 'node(s) were unschedulable',
  taint: 'node(s) had untolerated taint(s)',
  'memory-pressure': 'node(s) low on memory',
  'node-affinity': "node(s) didn't match Pod's node affinity/selector",
  'host-port': "node(s) didn't have free ports for the requested pod ports",
  'topology-spread': "node(s) didn't match pod topology spread constraints",
  'pod-affinity': "node(s) didn't match pod affinity rules",
  'pod-anti-affinity': "node(s) didn't match pod anti-affinity rules",
};

/** Why a pod fits on none of these nodes, each of which is counted once, by the first rule that refuses it. */
export function whyRefused(
  pod: PlanPod,
  nodes: readonly NodePlan[],
  refusalOf: (pod: PlanPod, node: NodePlan) => Refusal | null,
): string {
  const counts = new Map<Refusal, number>();
  for (const node of nodes) {
    const refusal = refusalOf(pod, node);
    if (refusal !== null) counts.set(refusal, (counts.get(refusal) ?? 0) + 1);
  }
  const list = Object.entries(WORDS).flatMap(([refusal, words]) => {
    const found = [...counts].find(([counted]) => counted === refusal);
    return found === undefined ? [] : [`${found[1]} ${words}`];
  });
  return `0/${nodes.length} nodes are available${list.length === 0 ? '' : `: ${list.join(', ')}`}`;
}
