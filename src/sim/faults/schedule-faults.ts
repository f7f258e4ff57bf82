import type { CrashPods, FaultSpec, KillNode, KillPods } from '../../domain/fault-spec.js';
import type { ClusterSpec } from '../../domain/world-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import { PHASE } from '../../kernel/timeline.js';
import type { Cluster } from '../cluster.js';
import type { DependencyPort } from '../data-plane.js';
import type { MetricPipeline } from '../metrics/metric-pipeline.js';
import { failNode } from '../nodes/fail-node.js';
import type { Pod } from '../pods/pod.js';
import type { SimContext } from '../sim-context.js';
import { ActiveFactors } from './active-factors.js';
import { chooseVictims } from './choose-victims.js';

/** What faults act upon. */
export interface FaultTargets {
  readonly context: SimContext;
  readonly cluster: Cluster;
  readonly habits: ClusterSpec;
  readonly metrics: MetricPipeline;
  readonly dependency: (name: string) => DependencyPort;
}

/**
 * Puts all faults on the agenda, in the world phase of their instants.
 *
 * Draws are keyed by the fault's kind, its target and its position among the faults of that kind and target, not by its time: another fault
 * elsewhere in the list, or the same one at another time, meets the same pods.
 */
export function scheduleFaults(targets: FaultTargets, faults: readonly FaultSpec[], streams: Streams): void {
  const slowed = new Map<string, ActiveFactors>();
  const counts = new Map<string, number>();
  for (const fault of faults) {
    const target = `${fault.kind}/${targetOf(fault)}`;
    const position = counts.get(target) ?? 0;
    counts.set(target, position + 1);
    scheduleFault(targets, fault, streams.stream('fault', `${target}#${position}`), slowed);
  }
}

function targetOf(fault: FaultSpec): string {
  if ('workload' in fault) return fault.workload;
  return 'dependency' in fault ? fault.dependency : '';
}

function scheduleFault(
  targets: FaultTargets,
  fault: FaultSpec,
  random: KeyedRandom,
  slowed: Map<string, ActiveFactors>,
): void {
  const { cluster, metrics } = targets;
  switch (fault.kind) {
    case 'killPods':
      once(targets, fault.at, (now) => killPods(cluster, fault, random, now));
      break;
    case 'crashPods':
      once(targets, fault.at, (now) => crashPods(cluster, fault, random, now));
      break;
    case 'killNode':
      once(targets, fault.at, () => killNodes(targets, fault, random));
      break;
    case 'metricOutage':
      during(targets, fault, (by) => metrics.changeOutages(by));
      break;
    case 'metricFreeze':
      during(targets, fault, (by) => metrics.changeFreezes(by));
      break;
    case 'slowStart': {
      const { slowdown } = cluster.workload(fault.workload).lifecycle;
      during(targets, fault, (by) => change(slowdown, fault.factor, by));
      break;
    }
    case 'loseCapacity': {
      const { lifecycle, pods } = cluster.workload(fault.workload);
      during(targets, fault, (by) => {
        change(lifecycle.remaining, 1 - fault.share, by);
        for (const pod of pods) lifecycle.applyLostCapacity(pod);
      });
      break;
    }
    case 'slowDependency': {
      const factors = slowed.get(fault.dependency) ?? new ActiveFactors();
      slowed.set(fault.dependency, factors);
      during(targets, fault, (by) => {
        change(factors, fault.factor, by);
        targets.dependency(fault.dependency).slow(factors.product);
      });
      break;
    }
  }
}

function once({ context }: FaultTargets, at: Micros, action: (now: Micros) => void): void {
  context.timeline.at(at, PHASE.world, action);
}

function during(
  targets: FaultTargets,
  { at, durationMicros }: { readonly at: Micros; readonly durationMicros: Micros },
  action: (by: 1 | -1) => void,
): void {
  once(targets, at, () => action(1));
  once(targets, micros(at + durationMicros), () => action(-1));
}

function change(factors: ActiveFactors, factor: number, by: 1 | -1): void {
  if (by === 1) factors.begin(factor);
  else factors.end(factor);
}

/** Pods that serve in truth: the Ready condition holds and the container runs. Pods on a dead node that nobody misses yet do not. */
function serving(cluster: Cluster, workload: string): Pod[] {
  return [...cluster.workload(workload).pods].filter((pod) => pod.ready && pod.running);
}

function killPods(cluster: Cluster, fault: KillPods, random: KeyedRandom, now: Micros): void {
  const { lifecycle } = cluster.workload(fault.workload);
  const victims = chooseVictims(serving(cluster, fault.workload), fault.pods, random, (pod) => pod.ordinal);
  for (const pod of victims) lifecycle.remove(pod, 'killed', 'failure', now);
  cluster.controllerOf(fault.workload).reconcile(now);
}

function crashPods(cluster: Cluster, fault: CrashPods, random: KeyedRandom, now: Micros): void {
  const { lifecycle } = cluster.workload(fault.workload);
  const victims = chooseVictims(serving(cluster, fault.workload), fault.pods, random, (pod) => pod.ordinal);
  for (const pod of victims) lifecycle.crash(pod, now);
}

function killNodes({ context, cluster, habits }: FaultTargets, fault: KillNode, random: KeyedRandom): void {
  const live = cluster.nodes.filter((node) => node.alive);
  const victims = chooseVictims(live, fault, random, (node) => cluster.nodes.indexOf(node));
  for (const node of victims) failNode(context, cluster, habits, node);
}
