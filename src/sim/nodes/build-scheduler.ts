import { desiredHealthy } from '../../domain/desired-healthy.js';
import { needsConstraints } from '../../domain/needs-constraints.js';
import type { DisruptionBudget } from '../../domain/scheduling/disruption-budget.js';
import { podLabels } from '../../domain/scheduling/pod-constraints.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { ofPod } from '../pods/of-pod.js';
import type { ReplicaController } from '../pods/replica-controller.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import type { SimContext } from '../sim-context.js';
import { ConstrainedScheduler, type PriorityPlacements } from './constrained-scheduler.js';
import type { Node } from './node.js';
import type { PodScheduler } from './pod-scheduler.js';
import { Scheduler } from './scheduler.js';

/** Whose pods are placed; its workloads are there when the first pod is. */
export interface ScheduledCluster {
  readonly context: SimContext;
  workload(name: string): SimWorkload;
  controllerOf(workload: string): ReplicaController;
}

/** The scheduler that a world needs: one that knows constraints and priorities, or one that knows room alone and is faster. */
export function buildScheduler(
  cluster: ScheduledCluster,
  world: Pick<WorldSpec, 'workloads' | 'nodePools'>,
  nodes: readonly Node[] | null,
): PodScheduler {
  const placements = placementsOf(cluster);
  if (nodes === null || !needsConstraints(world)) return new Scheduler(nodes, placements);
  const constraints = new Map(world.workloads.map(({ name, scheduling }) => [name, scheduling]));
  return new ConstrainedScheduler({
    nodes,
    placements,
    constraintsOf: (workload) => constraints.get(workload),
    budgets: () => world.workloads.flatMap(({ name }) => budgetOf(cluster, name)),
  });
}

/** Tells a scheduler that knows constraints what becomes of bound pods; another one need not know. */
export function keepInStep(scheduler: PodScheduler, workloads: Iterable<SimWorkload>): void {
  if (!(scheduler instanceof ConstrainedScheduler)) return;
  for (const { lifecycle } of workloads) {
    for (const notice of [lifecycle.resized, lifecycle.stopping]) notice.ask((pod) => scheduler.changed(pod));
  }
}

function placementsOf(cluster: ScheduledCluster): PriorityPlacements {
  const { context } = cluster;
  return {
    bound: (pod, node, now) => cluster.workload(pod.workload).lifecycle.bound(pod, node, now),
    unschedulable: (pod, reason, at) => {
      pod.beginWait('node', at);
      context.emit({ type: 'podFoundUnschedulable', ...ofPod(pod, at), reason });
    },
    nominated: (pod, node, at) => {
      context.emit({ type: 'podNominated', ...ofPod(pod, at), node: node?.name ?? null });
    },
    preempt: (victims, by, now) => {
      for (const pod of victims) {
        pod.preempted = true;
        cluster.workload(pod.workload).lifecycle.terminate(pod, `preempted by ${by.workload}`, now, 'preemption');
      }
      for (const name of new Set(victims.map((pod) => pod.workload))) cluster.controllerOf(name).reconcile(now);
    },
  };
}

/** What the status of a PodDisruptionBudget says: as many healthy pods as there are beyond those that have to be. */
function budgetOf(cluster: ScheduledCluster, name: string): readonly DisruptionBudget[] {
  const { spec, pods } = cluster.workload(name);
  if (spec.disruptionBudget === undefined) return [];
  const healthy = [...pods].filter((pod) => pod.active && pod.ready).length;
  const desired = desiredHealthy(spec.disruptionBudget, cluster.controllerOf(name).replicas);
  return [{ name, selector: { matchLabels: podLabels(name) }, allowed: Math.max(0, healthy - desired) }];
}
