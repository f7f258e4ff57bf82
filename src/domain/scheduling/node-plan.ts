import { HOSTNAME_LABEL, type Labels } from './labels.js';
import type { NodeShape } from './node-shape.js';
import type { PlanPod } from './plan-pod.js';

/**
 * A node while pods are placed on it, in thought or for good.
 *
 * Written to by its `ClusterPlan` alone.
 */
export class NodePlan {
  /** In the order in which they came. */
  readonly pods: PlanPod[] = [];
  /** Those of its shape and its own name. */
  labels: Labels;
  usedCpuMillis = 0;
  usedMemoryMiB = 0;
  /** A closed node takes no more pods, but its pods and itself still count in its domains. */
  open = true;

  constructor(
    readonly name: string,
    /** Pool it belongs to; null where nobody said. */
    public pool: string | null,
    public shape: NodeShape,
  ) {
    this.labels = labelsOf(name, shape);
  }

  /** Becomes a node of another kind. */
  become(pool: string | null, shape: NodeShape): void {
    this.pool = pool;
    this.shape = shape;
    this.labels = labelsOf(this.name, shape);
  }

  /** Puts a pod at a place in the list. */
  insert(pod: PlanPod, at: number): void {
    this.pods.splice(at, 0, pod);
    this.usedCpuMillis += pod.requirements.cpuMillis;
    this.usedMemoryMiB += pod.requirements.memoryMiB;
  }

  /** Takes out a pod and says at which place of the list it was; -1 where it was not there. */
  extract(pod: PlanPod): number {
    const at = this.pods.lastIndexOf(pod);
    if (at < 0) return -1;
    this.pods.splice(at, 1);
    this.usedCpuMillis -= pod.requirements.cpuMillis;
    this.usedMemoryMiB -= pod.requirements.memoryMiB;
    return at;
  }
}

function labelsOf(name: string, { labels }: NodeShape): Labels {
  return { [HOSTNAME_LABEL]: name, ...labels };
}
