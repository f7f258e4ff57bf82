import type { LimitRangeManifest } from './limit-range-manifest.js';
import { POD, type PlacedContainer, type WorkloadManifest } from './workload-manifest.js';

/** CPU in cores or memory in bytes. */
export type ResourceName = 'cpu' | 'memory';

/** An amount and the place in a manifest that says so. */
export interface Amount {
  readonly value: number;
  /** File and line. */
  readonly place: string;
  readonly words: string;
}

/** What a pod asks for and may use of one resource. */
export interface PodResource {
  /** Sum over the containers that run, which is what utilization is measured against; null where none says. */
  readonly running: Amount | null;
  /** What the scheduler reserves: the same, or what an init container needs where that is more. */
  readonly reserved: Amount | null;
  /** Null where a container has no limit, so that the pod has none. */
  readonly limit: Amount | null;
  /** Containers that run without a request; the autoscaler refuses to work with utilization then. */
  readonly withoutRequest: readonly string[];
}

/** What one container asks for and may use of one resource. */
interface Claim {
  readonly name: string;
  readonly role: PlacedContainer['role'];
  readonly request: Amount | null;
  readonly limit: Amount | null;
}

/** Adds up the containers of a pod by Kubernetes' rules, after the defaults of the namespace. */
export function podResource(
  workload: WorkloadManifest,
  resource: ResourceName,
  defaults: LimitRangeManifest | null,
): PodResource {
  const claims = workload.containers.map((placed) => claimOf(placed, resource, workload, defaults));
  const running = claims.filter(({ role }) => role !== 'init');
  const requests = running.flatMap(({ request }) => request ?? []);
  const limits = running.flatMap(({ limit }) => limit ?? []);
  const podRequest = ofPod(workload, 'requests', resource) ?? total(requests, `${resource} requests`);
  const podLimit = limits.length === running.length ? total(limits, `${resource} limits`) : null;
  return {
    running: podRequest,
    reserved: larger(podRequest, heaviestStart(claims)),
    limit: ofPod(workload, 'limits', resource) ?? podLimit,
    withoutRequest: running.filter(({ request }) => request === null).map(({ name }) => name),
  };
}

function claimOf(
  { container, role, path }: PlacedContainer,
  resource: ResourceName,
  { manifest }: WorkloadManifest,
  defaults: LimitRangeManifest | null,
): Claim {
  const { requests, limits } = container.resources;
  const written = (value: number | undefined, kind: 'requests' | 'limits'): Amount | null =>
    value === undefined
      ? null
      : {
          value,
          place: manifest.place([...path, 'resources', kind, resource]),
          words: `resources.${kind}.${resource}`,
        };
  const given = (value: number | undefined, kind: string): Amount | null =>
    value === undefined || defaults === null
      ? null
      : { value, place: defaults.manifest.place(), words: `${defaults.manifest.title}, default ${kind}` };
  const limit = written(limits[resource], 'limits');
  // Kubernetes takes a limit for the request where there is no request, before the namespace's defaults come in.
  const request = written(requests[resource], 'requests') ?? limit;
  return {
    name: container.name,
    role,
    request: request ?? given(defaults?.requests[resource], 'request'),
    limit: limit ?? given(defaults?.limits[resource], 'limit'),
  };
}

function ofPod({ manifest, podResources }: WorkloadManifest, kind: 'requests' | 'limits', resource: ResourceName) {
  const value = podResources[kind][resource];
  if (value === undefined) return null;
  return {
    value,
    place: manifest.place([...POD, 'resources', kind, resource]),
    words: `${kind}.${resource} of the pod`,
  };
}

function total(amounts: readonly Amount[], words: string): Amount | null {
  if (amounts.length < 2) return amounts.at(0) ?? null;
  const value = amounts.reduce((sum, amount) => sum + amount.value, 0);
  const place = amounts.map((amount) => amount.place).join(' + ');
  return { value: Number(value.toPrecision(12)), place, words: `sum of ${words}` };
}

/** An ordinary init container runs beside the sidecars that were started before it, and alone otherwise. */
function heaviestStart(claims: readonly Claim[]): Amount | null {
  let beside = 0;
  let most: Amount | null = null;
  for (const { name, role, request } of claims) {
    if (role === 'app' || request === null) continue;
    if (role === 'sidecar') beside += request.value;
    else {
      const words = `${request.words} of init container ${name}`;
      most = larger(most, { value: beside + request.value, place: request.place, words });
    }
  }
  return most;
}

function larger(a: Amount | null, b: Amount | null): Amount | null {
  if (a === null || b === null) return a ?? b;
  return b.value > a.value ? b : a;
}
