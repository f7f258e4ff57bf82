import { HOSTNAME_LABEL, type Labels } from './labels.js';
import type { NodeShape } from './node-shape.js';
import type { PlanPod } from './plan-pod.js';
import { scoredSize } from './scored-size.js';

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
  /** The same as scores count it, for which a pod without a request is not nothing. */
  scoredCpuMillis = 0;
  scoredMemoryMiB = 0;
  /** Kept for pods on it that are to grow. */
  keptCpuMillis = 0;
  keptMemoryMiB = 0;
  /** A closed node takes no more pods, but its pods and itself still count in its domains. */
  open = true;
  /** It has the condition MemoryPressure, and the taint that goes with it. */
  lowOnMemory = false;

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
    this.count(pod, 1);
  }

  /** Takes out a pod and says at which place of the list it was; -1 where it was not there. */
  extract(pod: PlanPod): number {
    const at = this.pods.lastIndexOf(pod);
    if (at < 0) return -1;
    this.pods.splice(at, 1);
    this.count(pod, -1);
    return at;
  }

  private count({ requirements }: PlanPod, sign: 1 | -1): void {
    const scored = scoredSize(requirements);
    this.usedCpuMillis += sign * requirements.cpuMillis;
    this.usedMemoryMiB += sign * requirements.memoryMiB;
    this.scoredCpuMillis += sign * scored.cpuMillis;
    this.scoredMemoryMiB += sign * scored.memoryMiB;
  }
}

function labelsOf(name: string, { labels }: NodeShape): Labels {
  return { [HOSTNAME_LABEL]: name, ...labels };
}
