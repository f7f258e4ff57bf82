import { type LimitRange, limitRangeObjection } from '../../domain/limit-range.js';
import type { PodResources } from '../../domain/pod-resources.js';
import { qosClass } from '../../domain/qos-class.js';
import { resourcesOf } from '../../domain/with-resources.js';
import type { Micros } from '../../kernel/micros.js';
import { podMemoryMiB } from '../memory/pod-memory.js';
import { podSize } from '../nodes/pod-size.js';
import type { Pod } from '../pods/pod.js';
import { resized } from '../pods/pod-form.js';

/** Why a pod cannot be resized in place now. */
export interface ResizeObjection {
  readonly cause: 'deferred' | 'infeasible';
  readonly reason: string;
}

/**
 * Why a pod cannot be resized in place, for good or at present; null where it can. In this order: what the API server refuses, what its node
 * can never hold, a pod without a place, what its node lacks at present, and a memory limit below what is in use.
 *
 * Sources: Kubernetes 1.35, pkg/apis/core/validation, ValidatePodResize; pkg/kubelet/allocation, canResizePod; pkg/kubelet/kuberuntime,
 * validateMemoryResizeAction: a memory limit is not lowered below the use, and the kubelet tries again.
 */
export function resizeObjection(
  pod: Pod,
  wanted: PodResources,
  range: LimitRange | undefined,
  now: Micros,
): ResizeObjection | null {
  const never = invalid(pod, wanted, range) ?? tooLarge(pod, wanted);
  if (never !== null) return { cause: 'infeasible', reason: never };
  const notNow = lacking(pod, wanted) ?? inUse(pod, wanted, now);
  return notNow === null ? null : { cause: 'deferred', reason: notNow };
}

function invalid(pod: Pod, wanted: PodResources, range: LimitRange | undefined): string | null {
  if (!pod.active) return 'the pod was asked to stop';
  const [before, after] = [qosClass(resourcesOf(pod.spec)), qosClass(wanted)];
  if (before !== after) return `it would change the pod's QoS class from ${before} to ${after}`;
  if (above(wanted.cpuRequestMillis, wanted.cpuLimitMillis)) return 'the CPU request would be above the limit';
  if (above(wanted.memoryRequestMiB, wanted.memoryLimitMiB)) return 'the memory request would be above the limit';
  return range === undefined ? null : limitRangeObjection(wanted, range);
}

function above(request: number | null, limit: number | null): boolean {
  return limit !== null && (request ?? 0) > limit;
}

function tooLarge({ node, size }: Pod, { cpuRequestMillis, memoryRequestMiB }: PodResources): string | null {
  if (node === null) return null;
  const { cpuMillis, memoryMiB } = node.pool;
  const [cpu, memory] = [cpuRequestMillis ?? 0, memoryRequestMiB ?? 0];
  if (cpu > size.cpuMillis && cpu > cpuMillis) {
    return `the node does not have enough capacity: ${cpu}m CPU requested, ${cpuMillis}m allocatable`;
  }
  return memory > size.memoryMiB && memory > memoryMiB
    ? `the node does not have enough capacity: ${memory}Mi requested, ${memoryMiB}Mi allocatable`
    : null;
}

function lacking(pod: Pod, wanted: PodResources): string | null {
  const { node, scheduledAt, size } = pod;
  if (scheduledAt === null) return 'the pod has no place yet';
  if (node === null) return null;
  if (!node.alive) return 'the node does not answer';
  const more = podSize(resized(pod.form, wanted).spec);
  const by = { cpuMillis: more.cpuMillis - size.cpuMillis, memoryMiB: more.memoryMiB - size.memoryMiB };
  if (!node.hasMoreCpu(by.cpuMillis)) return `the node does not have enough CPU: ${by.cpuMillis}m more requested`;
  if (!node.hasMoreMemory(by.memoryMiB))
    return `the node does not have enough memory: ${by.memoryMiB}Mi more requested`;
  return null;
}

function inUse(pod: Pod, { memoryLimitMiB }: PodResources, now: Micros): string | null {
  if (memoryLimitMiB === null || memoryLimitMiB >= (pod.spec.memoryLimitMiB ?? Infinity)) return null;
  const used = Math.round(podMemoryMiB(pod, now) * 1000) / 1000;
  return used > memoryLimitMiB ? `the memory limit of ${memoryLimitMiB}Mi would be below the ${used}Mi in use` : null;
}
