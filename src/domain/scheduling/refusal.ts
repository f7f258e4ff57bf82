import { portsConflict } from './host-port.js';
import { selects } from './label-selector.js';
import { labelOf } from './labels.js';
import { wantsNode } from './node-affinity.js';
import type { NodePlan } from './node-plan.js';
import type { PodRequirements } from './pod-requirements.js';
import { MEMORY_PRESSURE, repellingTaint, tolerates } from './taint.js';
import { hardSpread, meetsAll, type TopologyIndex } from './topology-index.js';

/** Why a node cannot take a pod. */
export type Refusal =
  | 'closed'
  | 'taint'
  | 'memory-pressure'
  | 'node-affinity'
  | 'host-port'
  | 'pods'
  | 'cpu'
  | 'memory'
  | 'topology-spread'
  | 'pod-affinity'
  | 'pod-anti-affinity';

/** Sums of fractions of a MiB may miss a whole pod by a hair. */
const HAIR = 1e-9;

type Filter = (pod: PodRequirements, node: NodePlan, topology: TopologyIndex) => Refusal | null;

/** In the order of Kubernetes' scheduler: what is dear to know comes last. */
const filters: readonly Filter[] = [
  (_, node) => (node.open ? null : 'closed'),
  (pod, { shape }) => (repellingTaint(pod.tolerations, shape.taints) === null ? null : 'taint'),
  (pod, { lowOnMemory }) => (lowOnMemory && !bearsPressure(pod) ? 'memory-pressure' : null),
  (pod, { labels }) => (wantsNode(pod, labels) ? null : 'node-affinity'),
  (pod, node) => (portsFree(pod, node) ? null : 'host-port'),
  lackOf,
  (pod, node, topology) => (spreads(pod, node, topology) ? null : 'topology-spread'),
  (pod, node, topology) => (isRepelled(pod, node, topology) ? 'pod-anti-affinity' : null),
  (pod, node, topology) => (isAttracted(pod, node, topology) ? null : 'pod-affinity'),
];

/** Why a pod of this kind cannot be on a node, by the first of Kubernetes' filters that says so; null where it can. */
export function refusalOf(pod: PodRequirements, node: NodePlan, topology: TopologyIndex): Refusal | null {
  for (const filter of filters) {
    const refusal = filter(pod, node, topology);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** Source: Kubernetes, plugin/pkg/admission/podtolerationrestriction: all pods but those of BestEffort get the toleration. */
function bearsPressure({ bestEffort, tolerations }: PodRequirements): boolean {
  return bestEffort !== true || tolerates(tolerations, MEMORY_PRESSURE);
}

function portsFree({ hostPorts }: PodRequirements, { pods }: NodePlan): boolean {
  if (hostPorts.length === 0) return true;
  return !pods.some(({ requirements }) =>
    requirements.hostPorts.some((taken) => hostPorts.some((port) => portsConflict(port, taken))),
  );
}

/** A pod that requests nothing of a resource fits even where that is overdrawn (NodeResourcesFit). */
function lackOf(pod: PodRequirements, node: NodePlan): Refusal | null {
  const { shape } = node;
  if (node.pods.length >= shape.maxPods) return 'pods';
  const [cpu, memory] = [node.usedCpuMillis + node.keptCpuMillis, node.usedMemoryMiB + node.keptMemoryMiB];
  if (pod.cpuMillis > 0 && pod.cpuMillis > shape.cpuMillis - cpu + HAIR) return 'cpu';
  if (pod.memoryMiB > 0 && pod.memoryMiB > shape.memoryMiB - memory + HAIR) return 'memory';
  return null;
}

function spreads(pod: PodRequirements, { labels }: NodePlan, topology: TopologyIndex): boolean {
  if (pod.spread.length === 0) return true;
  const tallies = topology.of(pod).spread;
  return hardSpread(pod).every(({ topologyKey, selector, maxSkew, minDomains }, i) => {
    const domain = labelOf(labels, topologyKey);
    if (domain === null) return false;
    const tally = tallies[i];
    const fewest = tally.domains < minDomains ? 0 : tally.fewest();
    const self = selects(selector, pod.labels) ? 1 : 0;
    return (tally.pods(domain) ?? 0) + self - fewest <= maxSkew;
  });
}

function isRepelled(pod: PodRequirements, { labels }: NodePlan, topology: TopologyIndex): boolean {
  const there = topology.repulsions.some(({ term, tally }) => {
    const domain = labelOf(labels, term.topologyKey);
    return domain !== null && (tally.pods(domain) ?? 0) > 0 && selects(term.selector, pod.labels);
  });
  if (there || pod.antiAffinity.length === 0) return there;
  const tallies = topology.of(pod).antiAffinity;
  return pod.antiAffinity.some(({ topologyKey }, i) => {
    const domain = labelOf(labels, topologyKey);
    return domain !== null && (tallies[i].pods(domain) ?? 0) > 0;
  });
}

/** Only pods that all terms mean are company; the first of a series that wants its own company may go anywhere that has the topologies. */
function isAttracted(pod: PodRequirements, { labels }: NodePlan, topology: TopologyIndex): boolean {
  if (pod.affinity.length === 0) return true;
  const domains = pod.affinity.map(({ topologyKey }) => labelOf(labels, topologyKey));
  if (domains.includes(null)) return false;
  const tallies = topology.of(pod).affinity;
  if (domains.every((domain, i) => domain !== null && (tallies[i].pods(domain) ?? 0) > 0)) return true;
  return tallies.every((tally) => tally.total() === 0) && meetsAll(pod.affinity, pod.labels);
}
