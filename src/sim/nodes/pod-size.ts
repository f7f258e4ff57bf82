import { qosClass } from '../../domain/qos-class.js';
import { resourcesOf } from '../../domain/with-resources.js';
import type { PodSpec } from '../../domain/world-spec.js';

/** What a pod takes of a node. */
export interface PodSize {
  /** Requests, which decide whether it fits; none is zero. */
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  /** What the score of a node counts, so that pods without requests spread too. */
  readonly scoredCpuMillis: number;
  readonly scoredMemoryMiB: number;
  /** No request and no limit: nodes short of memory keep it off. */
  readonly bestEffort: boolean;
}

/** Source: Kubernetes, pkg/scheduler/util/pod_resources.go, DefaultMilliCPURequest and DefaultMemoryRequest. */
const SCORED_WITHOUT_REQUEST = { cpuMillis: 100, memoryMiB: 200 } as const;

/** Reads the size of a workload's pods from its specification. */
export function podSize(spec: PodSpec): PodSize {
  return {
    cpuMillis: spec.cpuRequestMillis ?? 0,
    memoryMiB: spec.memoryRequestMiB ?? 0,
    scoredCpuMillis: spec.cpuRequestMillis ?? SCORED_WITHOUT_REQUEST.cpuMillis,
    scoredMemoryMiB: spec.memoryRequestMiB ?? SCORED_WITHOUT_REQUEST.memoryMiB,
    bestEffort: qosClass(resourcesOf(spec)) === 'BestEffort',
  };
}
