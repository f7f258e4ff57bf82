import type { HpaPod, PodTemplate } from './hpa-input.js';
import type { HpaConfig } from './hpa-config.js';
import type { ResourceName } from './hpa-metric.js';
import { type Invalid, invalid } from './invalid.js';

/** Whose requests are wanted. */
export interface RequestQuery {
  readonly resource: ResourceName;
  /** Null for the pod as a whole. */
  readonly container: string | null;
}

/**
 * Requests by pod in thousandths, the denominator of utilization; one missing request makes all of it invalid.
 *
 * A named container goes before requests of the pod as a whole, which go before the sum over containers (with init
 * containers that keep running). Source: kubernetes pkg/controller/podautoscaler, calculateRequests; KEP-2837.
 */
export function calculateRequests(
  pods: readonly HpaPod[],
  query: RequestQuery,
  { gates, semantics }: Pick<HpaConfig, 'gates' | 'semantics'>,
): ReadonlyMap<string, number> | Invalid {
  const requests = new Map<string, number>();
  for (const pod of pods) {
    const whole = gates.podLevelResources && query.container === null ? podLevelRequest(pod, query) : null;
    const request = whole ?? containersRequest(pod, query, semantics === 'head');
    if (typeof request !== 'number') return request;
    requests.set(pod.name, request);
  }
  return requests;
}

/** Null where the manifest says nothing of the pod as a whole; a resource it leaves out is what its containers need together. */
function podLevelRequest({ name, template }: HpaPod, { resource }: RequestQuery): number | Invalid | null {
  const { podRequestMilli } = template;
  if (podRequestMilli === null) return null;
  const request = podRequestMilli[resource] ?? aggregateRequest(template, resource);
  return request ?? invalid(`missing pod-level request for ${resource} in Pod ${name}`);
}

/**
 * What the scheduler reserves for the containers: the sum of those that keep running, or what an init container needs beside
 * the restartable ones before it, where that is more; null where none of them says anything.
 *
 * Source: k8s.io/component-helpers/resource, AggregateContainerRequests.
 */
function aggregateRequest({ containers, initContainers }: PodTemplate, resource: ResourceName): number | null {
  let kept = 0;
  let starting = 0;
  for (const { requestMilli, restartable } of initContainers) {
    const request = requestMilli[resource] ?? 0;
    if (restartable) kept += request;
    starting = Math.max(starting, restartable ? kept : kept + request);
  }
  const running = containers.reduce((sum, { requestMilli }) => sum + (requestMilli[resource] ?? 0), kept);
  const isSaid = [...containers, ...initContainers].some(({ requestMilli }) => requestMilli[resource] !== null);
  return isSaid ? Math.max(running, starting) : null;
}

function containersRequest(pod: HpaPod, query: RequestQuery, head: boolean): number | Invalid {
  let sum = 0;
  let found = query.container === null || !head;
  for (const container of countedContainers(pod.template, head)) {
    if (query.container !== null && query.container !== container.name) continue;
    const request = container.requestMilli[query.resource];
    if (request === null) {
      return invalid(`missing request for ${query.resource} in container ${container.name} of Pod ${pod.name}`);
    }
    sum += request;
    found = true;
  }
  return found ? sum : invalid(`container ${query.container} not found in Pod ${pod.name}`);
}

function countedContainers({ containers, initContainers }: PodTemplate, head: boolean) {
  if (!head || initContainers.length === 0) return containers;
  return [...containers, ...initContainers.filter(({ restartable }) => restartable)];
}
