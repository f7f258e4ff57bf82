/** What a zone is to have of the endpoints. */
export interface ZoneAllocation {
  /** Fewest that its share of the traffic may fall to without more than the threshold too much for each. */
  readonly minimum: number;
  /** Its share of the endpoints, not below the minimum. */
  readonly desired: number;
  /** Most that leaves the others their minimum. */
  readonly maximum: number;
}

/** Why zones cannot be given endpoints of their own. */
export type ZoneObstacle = 'one-zone' | 'too-few-endpoints' | 'overload-threshold';

/**
 * Endpoints for each zone in proportion to the CPU of its nodes, which stands for the traffic that begins there.
 *
 * Source: Kubernetes, staging/src/k8s.io/endpointslice/topologycache, getAllocations; its overload threshold is 0.2.
 */
export function zoneAllocations(
  zones: ReadonlyMap<string, number>,
  endpoints: number,
  overloadThreshold: number,
): ReadonlyMap<string, ZoneAllocation> | ZoneObstacle {
  const total = [...zones.values()].reduce((sum, cpu) => sum + cpu, 0);
  if (zones.size < 2 || total <= 0) return 'one-zone';
  if (zones.size > endpoints) return 'too-few-endpoints';
  const wanted = [...zones].map(([zone, cpu]) => {
    const share = (cpu / total) * endpoints;
    const minimum = Math.ceil(share / (1 + overloadThreshold));
    return { zone, minimum, desired: Math.max(share, minimum) };
  });
  const spare = endpoints - wanted.reduce((sum, { minimum }) => sum + minimum, 0);
  if (spare < 0) return 'overload-threshold';
  return new Map(wanted.map(({ zone, minimum, desired }) => [zone, { minimum, desired, maximum: minimum + spare }]));
}
