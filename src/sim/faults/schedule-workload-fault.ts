import type { FaultSpec } from '../../domain/fault-spec.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Cluster } from '../cluster.js';
import type { ProcessPort } from '../data-plane.js';
import type { Pod } from '../pods/pod.js';
import { chooseVictims } from './choose-victims.js';
import { during, type FaultTargets, once } from './fault-targets.js';

/** A fault of one workload. */
export type WorkloadFault = Extract<FaultSpec, { readonly workload: string }>;

/** Puts a fault of one workload on the agenda; `random` says which of its pods are hit. */
export function scheduleWorkloadFault(targets: FaultTargets, fault: WorkloadFault, random: KeyedRandom): void {
  const { cluster, metrics } = targets;
  const { lifecycle, pods } = cluster.workload(fault.workload);
  switch (fault.kind) {
    case 'killPods':
      once(targets, fault.at, (now) => {
        for (const pod of victims(serving(cluster, fault), fault, random))
          lifecycle.remove(pod, 'killed', 'failure', now);
        cluster.controllerOf(fault.workload).reconcile(now);
      });
      break;
    case 'crashPods':
      once(targets, fault.at, (now) => {
        for (const pod of victims(serving(cluster, fault), fault, random))
          lifecycle.exit(pod, 'container crashed', now);
      });
      break;
    case 'restartPods':
      once(targets, fault.at, (now) => {
        for (const pod of running(cluster, fault)) lifecycle.exit(pod, 'container restarted', now);
      });
      break;
    case 'missingSamples': {
      let silent: readonly Pod[] = [];
      during(targets, fault, (by) => {
        if (by === 1) silent = victims(running(cluster, fault), fault, random);
        metrics.silence(silent, by);
      });
      break;
    }
    case 'answerErrors': {
      let bad: readonly (ProcessPort | null)[] = [];
      during(targets, fault, (by) => {
        if (by === 1) bad = victims(serving(cluster, fault), fault, random).map(({ process }) => process);
        for (const process of bad) process?.answerErrors(fault.share, by);
      });
      break;
    }
    case 'slowStart':
      during(targets, fault, (by) => lifecycle.slowdown.change(fault.factor, by));
      break;
    case 'loseCapacity':
      during(targets, fault, (by) => {
        lifecycle.remaining.change(1 - fault.share, by);
        for (const pod of pods) lifecycle.applyLostCapacity(pod);
      });
      break;
  }
}

function victims(
  candidates: readonly Pod[],
  { pods }: Extract<WorkloadFault, { readonly pods: unknown }>,
  random: KeyedRandom,
): readonly Pod[] {
  return chooseVictims(candidates, pods, random, (pod) => pod.ordinal);
}

/** Pods whose container runs and that nobody has asked to stop. */
function running(cluster: Cluster, { workload }: WorkloadFault): Pod[] {
  return [...cluster.workload(workload).pods].filter((pod) => pod.running && pod.active);
}

/** Pods that serve in truth: the Ready condition holds and the container runs. Pods on a dead node that nobody misses yet do not. */
function serving(cluster: Cluster, { workload }: WorkloadFault): Pod[] {
  return [...cluster.workload(workload).pods].filter((pod) => pod.ready && pod.running);
}
