import type { EnginePods } from '../../domain/engine-config.js';
import type { PlanPod } from '../../domain/scheduling/plan-pod.js';
import { requirementsOf } from '../../domain/scheduling/pod-constraints.js';
import type { PodRequirements } from '../../domain/scheduling/pod-requirements.js';
import type { PodRecord } from './pod-record.js';
import { requested } from './requested.js';

/** The pods of some workloads as an autoscaler of nodes sees them. */
export interface PlannedPods {
  /** Those that the scheduler has found no place for, in the order in which they came. */
  readonly pending: readonly PlanPod[];
  /** Those that are bound and not terminating, and those that are promised a place there, by the name of their node. */
  readonly byNode: ReadonlyMap<string, readonly PlanPod[]>;
}

/**
 * Makes plans' pods of what is known of pods. A pod that waits for others to leave a node counts as one of that node, as for the cluster
 * autoscaler, so that nobody provides for it and for those that it drives out. Pods of a kind share their requirements, from tick to
 * tick.
 */
export class PodPlans {
  private readonly kinds = new Map<string, PodRequirements>();

  /** The pods as they are now. Those of workloads that have machines of their own are no pods. */
  plan(workloads: Iterable<{ readonly workload: EnginePods; readonly records: Iterable<PodRecord> }>): PlannedPods {
    const pending: { readonly pod: PlanPod; readonly createdAt: number }[] = [];
    const byNode = new Map<string, PlanPod[]>();
    for (const { workload, records } of workloads) {
      if (workload.pool !== undefined) continue;
      for (const record of records) {
        const { terminating, createdAt } = record.view;
        if (terminating) continue;
        const node = record.node ?? record.nominated;
        if (node !== null) append(byNode, node, this.podOf(workload, record));
        else if (record.unschedulable) pending.push({ pod: this.podOf(workload, record), createdAt });
      }
    }
    return { pending: pending.sort((a, b) => a.createdAt - b.createdAt).map(({ pod }) => pod), byNode };
  }

  private podOf(workload: EnginePods, record: PodRecord): PlanPod {
    const { name, scheduledAt } = record.view;
    return {
      name: `${workload.name}/${name}`,
      owner: workload.name,
      requirements: this.kindOf(workload, record),
      startedAt: scheduledAt,
      deletionCost: 0,
      movable: true,
      daemon: false,
    };
  }

  private kindOf(workload: EnginePods, record: PodRecord): PodRequirements {
    const { cpuMillis, memoryMiB } = requested(workload, record);
    const key = `${workload.name}/${cpuMillis}/${memoryMiB}`;
    const known = this.kinds.get(key);
    if (known !== undefined) return known;
    const kind = requirementsOf(workload.name, { cpuMillis, memoryMiB }, workload.scheduling);
    this.kinds.set(key, kind);
    return kind;
  }
}

function append(byNode: Map<string, PlanPod[]>, node: string, pod: PlanPod): void {
  const known = byNode.get(node);
  if (known === undefined) byNode.set(node, [pod]);
  else known.push(pod);
}
