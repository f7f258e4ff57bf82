import type { ClusterPlan } from './cluster-plan.js';
import { meetsTerm } from './node-affinity.js';
import type { NodePlan } from './node-plan.js';
import type { PlanPod } from './plan-pod.js';
import { labelOf } from './labels.js';
import { scoredSize } from './scored-size.js';
import { discouragingTaints } from './taint.js';
import { softSpread } from './topology-index.js';

/** Whether a scheduler prefers nodes with much room, which spreads pods, or with little, which packs them. */
export type FitStrategy = 'least-allocated' | 'most-allocated';

/** Weights of the scheduler's default profile. */
const WEIGHTS = { taints: 3, affinity: 2, company: 2, spread: 2, fit: 1, balance: 1 } as const;

/**
 * The best of nodes that fit a pod, by the scores of Kubernetes' default profile; of equal ones the first. Null where there is none.
 *
 * Scores each of 0 to 100: taints that advise against it, preferred affinity to nodes and to pods, soft topology spread, room, evenness
 * of CPU and memory. Images do not count, nor do the preferences and required company of pods that are there already.
 */
export function bestNode(
  plan: ClusterPlan,
  pod: PlanPod,
  nodes: readonly NodePlan[],
  strategy: FitStrategy,
): NodePlan | null {
  if (nodes.length <= 1) return nodes.at(0) ?? null;
  const scores = scoreNodes(plan, pod, nodes, strategy);
  return nodes[scores.indexOf(Math.max(...scores))];
}

/** The score of each node, in their order. */
export function scoreNodes(
  plan: ClusterPlan,
  pod: PlanPod,
  nodes: readonly NodePlan[],
  strategy: FitStrategy,
): readonly number[] {
  const { requirements } = pod;
  const taints = lowerIsBetter(nodes.map(({ shape }) => discouragingTaints(requirements.tolerations, shape.taints)));
  const affinity = higherIsBetter(nodes.map((node) => preference(pod, node)));
  const company = companyScores(plan, pod, nodes);
  const spread = spreadScores(plan, pod, nodes);
  return nodes.map((node, i) => {
    const { cpu, memory } = sharesWith(pod, node);
    return (
      WEIGHTS.taints * taints[i] +
      WEIGHTS.affinity * affinity[i] +
      WEIGHTS.company * company[i] +
      WEIGHTS.spread * spread[i] +
      WEIGHTS.fit * fitScore(cpu, memory, strategy) +
      WEIGHTS.balance * Math.floor(100 * (1 - Math.abs(Math.min(1, cpu) - Math.min(1, memory)) / 2))
    );
  });
}

/** Shares of CPU and memory that would be requested with the pod. */
function sharesWith(pod: PlanPod, node: NodePlan): { readonly cpu: number; readonly memory: number } {
  const { cpuMillis, memoryMiB } = scoredSize(pod.requirements);
  return {
    cpu: (node.scoredCpuMillis + cpuMillis) / node.shape.cpuMillis,
    memory: (node.scoredMemoryMiB + memoryMiB) / node.shape.memoryMiB,
  };
}

function fitScore(cpu: number, memory: number, strategy: FitStrategy): number {
  const score = (share: number): number => {
    if (share > 1) return 0;
    return Math.floor(100 * (strategy === 'least-allocated' ? 1 - share : share));
  };
  return Math.floor((score(cpu) + score(memory)) / 2);
}

function preference({ requirements: { preferredNodes = [] } }: PlanPod, { labels }: NodePlan): number {
  return preferredNodes.reduce((sum, { weight, term }) => sum + (meetsTerm(labels, term) ? weight : 0), 0);
}

/** Weighted pods of preferred terms in its domains, stretched from the least to the most (InterPodAffinity). */
function companyScores(plan: ClusterPlan, { requirements }: PlanPod, nodes: readonly NodePlan[]): readonly number[] {
  const { preferredPods = [] } = requirements;
  if (preferredPods.length === 0) return nodes.map(() => 0);
  const tallies = plan.counts.of(requirements).preferredPods;
  const raw = nodes.map(({ labels }) =>
    preferredPods.reduce((sum, { weight, term }, i) => {
      const domain = labelOf(labels, term.topologyKey);
      return domain === null ? sum : sum + weight * (tallies[i].pods(domain) ?? 0);
    }, 0),
  );
  const [least, most] = [Math.min(...raw), Math.max(...raw)];
  return raw.map((score) => (most === least ? 0 : Math.floor((100 * (score - least)) / (most - least))));
}

/** The fewer pods in its domains the better, domains of larger topologies counting less; a node without the labels is the worst. */
function spreadScores(plan: ClusterPlan, { requirements }: PlanPod, nodes: readonly NodePlan[]): readonly number[] {
  const constraints = softSpread(requirements);
  if (constraints.length === 0) return nodes.map(() => 0);
  const tallies = plan.counts.of(requirements).softSpread;
  const raw = nodes.map(({ labels }) => {
    const domains = constraints.map(({ topologyKey }) => labelOf(labels, topologyKey));
    if (domains.includes(null)) return null;
    return constraints.reduce((sum, { maxSkew }, i) => {
      const pods = tallies[i].pods(domains[i] ?? '') ?? 0;
      return sum + pods * Math.log(tallies[i].domains + 2) + (maxSkew - 1);
    }, 0);
  });
  const known = raw.filter((score) => score !== null).map(Math.round);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return raw.map((score) => {
    if (score === null) return 0;
    return most === 0 ? 100 : Math.floor((100 * (most + least - Math.round(score))) / most);
  });
}

function higherIsBetter(values: readonly number[]): readonly number[] {
  const most = Math.max(...values);
  return values.map((value) => (most === 0 ? 0 : Math.floor((100 * value) / most)));
}

function lowerIsBetter(values: readonly number[]): readonly number[] {
  const most = Math.max(...values);
  return values.map((value) => (most === 0 ? 100 : 100 - Math.floor((100 * value) / most)));
}
