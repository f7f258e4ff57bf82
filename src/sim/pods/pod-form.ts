import type { PodResources } from '../../domain/pod-resources.js';
import { resourcesOf, withResources } from '../../domain/with-resources.js';
import type { PodSpec } from '../../domain/world-spec.js';
import { sampler, type Sampler } from '../../kernel/distributions.js';
import { podSize, type PodSize } from '../nodes/pod-size.js';

/** What a pod is made of at present. Replaced, never changed; pods that were made alike share one. */
export interface PodForm {
  readonly spec: PodSpec;
  /** What it takes of a node. */
  readonly size: PodSize;
  /** Start-up time, in microseconds. */
  readonly start: Sampler;
  /** Which roll-out of the workload made it, the state before the run being 0. */
  readonly revision: number;
  /** How many times its CPU a request takes. */
  readonly demandFactor: number;
}

/** The form of a pod. */
export function podForm(spec: PodSpec, revision = 0, demandFactor = 1): PodForm {
  return { spec, size: podSize(spec), start: sampler(spec.start), revision, demandFactor };
}

/** The same pod with other requests and limits. */
export function resized(form: PodForm, resources: PodResources): PodForm {
  const spec = withResources(form.spec, resources);
  return { ...form, spec, size: podSize(spec) };
}

/** Whether two pods have the same requests and limits. */
export function sameResources(a: PodSpec, b: PodSpec): boolean {
  const [ours, theirs] = [resourcesOf(a), resourcesOf(b)];
  return (
    ours.cpuRequestMillis === theirs.cpuRequestMillis &&
    ours.cpuLimitMillis === theirs.cpuLimitMillis &&
    ours.memoryRequestMiB === theirs.memoryRequestMiB &&
    ours.memoryLimitMiB === theirs.memoryLimitMiB
  );
}
