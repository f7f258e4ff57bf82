import type { ZoneAllocation } from './zone-allocations.js';

/** An endpoint and the zone it stands in. */
export interface ZonedEndpoint {
  readonly name: string;
  readonly zone: string;
}

type Allocations = ReadonlyMap<string, ZoneAllocation>;

/** Whether hints still serve: one for each endpoint, none for a zone that needs nothing, and no zone with more than its maximum. Source: Kubernetes, getHintsByZone. */
export function hintsHold(
  hints: Readonly<Record<string, string>>,
  endpoints: readonly ZonedEndpoint[],
  allocations: Allocations,
): boolean {
  const counts = new Map<string, number>();
  for (const { name } of endpoints) {
    if (!Object.hasOwn(hints, name)) return false;
    counts.set(hints[name], (counts.get(hints[name]) ?? 0) + 1);
  }
  return (
    Object.keys(hints).length === endpoints.length &&
    [...counts].every(([zone, count]) => count <= (allocations.get(zone)?.maximum ?? -1))
  );
}

/**
 * The zone whose callers each endpoint is for: its own, but for those that zones with too many give to zones with too few, half an endpoint
 * being none. Source: Kubernetes, AddHints, getGivingAndReceivingZones, redistributeHints, with zones taken in the order of `allocations`.
 */
export function zoneHints(endpoints: readonly ZonedEndpoint[], allocations: Allocations): Record<string, string> {
  const { giving, receiving } = moves(endpoints, allocations);
  const hints: Record<string, string> = {};
  for (const { name, zone } of endpoints) {
    const gives = giving.get(zone) ?? 0;
    const [to] = [...receiving].find(([, left]) => left > 0) ?? [null];
    if (gives === 0 || to === null) {
      hints[name] = zone;
      continue;
    }
    hints[name] = to;
    giving.set(zone, gives - 1);
    receiving.set(to, (receiving.get(to) ?? 0) - 1);
  }
  return hints;
}

function moves(
  endpoints: readonly ZonedEndpoint[],
  allocations: Allocations,
): { readonly giving: Map<string, number>; readonly receiving: Map<string, number> } {
  const surplus = new Map<string, number>();
  const lack = new Map<string, number>();
  for (const [zone, { desired }] of allocations) {
    const more = endpoints.filter((endpoint) => endpoint.zone === zone).length - desired;
    if (more > 0) surplus.set(zone, more);
    else if (more < 0) lack.set(zone, -more);
  }
  const giving = new Map<string, number>();
  const receiving = new Map<string, number>();
  for (;;) {
    const [from, give] = most(surplus);
    const [to, take] = most(lack);
    if (Math.max(give, take) < 1 || Math.min(give, take) < 0.5) return { giving, receiving };
    add(giving, from, 1);
    add(receiving, to, 1);
    add(surplus, from, -1);
    add(lack, to, -1);
  }
}

function add(counts: Map<string, number>, zone: string, by: number): void {
  counts.set(zone, (counts.get(zone) ?? 0) + by);
}

function most(zones: ReadonlyMap<string, number>): readonly [zone: string, number: number] {
  return [...zones].reduce<readonly [string, number]>((best, one) => (one[1] > best[1] ? one : best), ['', 0]);
}
