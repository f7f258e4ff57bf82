import type { Micros } from '../kernel/micros.js';
import type { ImagePullSpec } from './image-spec.js';
import type { LimitRange } from './limit-range.js';

/** How fast controllers create pods. */
export interface PodCreationSpec {
  /** Calls to the API server per second, over all workloads, and how many at once after a rest. */
  readonly perSecond: number;
  readonly burst: number;
  /** From a call until its answer. */
  readonly latencyMicros: Micros;
}

/** Habits of the cluster itself. */
export interface ClusterSpec {
  /** From a node's failure until the control plane notices, pods become unready and endpoints go. */
  readonly nodeMonitorGraceMicros: Micros;
  /** From then until its pods are replaced. */
  readonly evictionAfterMicros: Micros;
  /** Nodes of one zone whose pods begin to be evicted, per second at most; absent means no limit. */
  readonly nodeEvictionsPerSecond?: number;
  /** From a container's crash until it is started again. */
  readonly restartDelayMicros: Micros;
  /** Instead of that, the kubelet's growing delay: its first and its greatest. */
  readonly crashLoopBackOff?: { readonly initialMicros: Micros; readonly maxMicros: Micros };
  /** Pods share the cores of their node by the weight of their CPU requests; absent means each has what it can use. */
  readonly sharesCpu?: boolean;
  /** Kubelets evict pods from nodes that are short of memory; absent means they do not. */
  readonly evictsUnderPressure?: boolean;
  /** Absent means all missing pods at once. */
  readonly podCreation?: PodCreationSpec;
  /** Pods that the scheduler binds per second at most; absent means no limit. */
  readonly bindsPerSecond?: number;
  /** What the namespace allows its containers; absent means anything. */
  readonly limitRange?: LimitRange;
  /** From when a node begins to drain until the pods that a disruption budget holds there are deleted all the same; absent means never. */
  readonly drainTimeoutMicros?: Micros;
  /** Ready times and ages of pods to be deleted are compared by their order of magnitude; absent means to the microsecond. */
  readonly deletesByLogarithm?: boolean;
  /** Must be given where a pod has an image. */
  readonly images?: ImagePullSpec;
}
