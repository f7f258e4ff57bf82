import type { TrafficSplit } from '../../domain/balance/traffic-split.js';
import type { EndpointShare } from '../data-plane.js';
import type { Pod } from '../pods/pod.js';

/**
 * What each of these pods gets of what is new under a split. Where a split by weights leaves none of them anything, all get the same: a balancer
 * without an endpoint would serve nobody.
 */
export function shareTraffic(split: TrafficSplit, pods: readonly Pod[]): readonly EndpointShare[] {
  if (split.by === 'zone') return hinted(split.hints, pods);
  const weights = split.by === 'pod' ? byPod(split.weights, pods) : byRevision(split.weights, pods);
  const any = weights.some((weight) => weight > 0);
  return weights.map((weight) => ({ weight: any ? weight : 1 }));
}

/** Hints count only where every endpoint has one. Source: Kubernetes, pkg/proxy/topology.go. */
function hinted(hints: Readonly<Record<string, string>>, pods: readonly Pod[]): readonly EndpointShare[] {
  const complete = pods.every(({ name }) => Object.hasOwn(hints, name));
  return pods.map(({ name }) => ({ weight: 1, zone: complete ? hints[name] : null }));
}

function byPod(weights: Readonly<Record<string, number>>, pods: readonly Pod[]): readonly number[] {
  return pods.map(({ name }) => (Object.hasOwn(weights, name) ? weights[name] : 1));
}

function byRevision(weights: Readonly<Record<string, number>>, pods: readonly Pod[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const { form } of pods) counts.set(form.revision, (counts.get(form.revision) ?? 0) + 1);
  return pods.map(({ form: { revision } }) => {
    const weight = Object.hasOwn(weights, revision) ? weights[revision] : 0;
    return weight / (counts.get(revision) ?? 1);
  });
}
