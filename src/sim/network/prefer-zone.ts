import type { Balancer, Endpoint } from '../requests/balancer-port.js';
import type { StationPlaces } from './station-places.js';

/**
 * A balancer that keeps to the caller's zone as long as the zone has an endpoint, and chooses among all otherwise; so it does for callers
 * whose zone nobody knows, clients outside among them. In each zone it goes by the same policy.
 *
 * An endpoint that is hinted for a zone counts as one of it, wherever it stands.
 *
 * Source: Kubernetes, Service `trafficDistribution: PreferClose` (PreferSameZone): endpoints are hinted for their own zone, and kube-proxy uses
 * all when none is hinted for its own. Load plays no part in it.
 */
export class PreferZone implements Balancer {
  private readonly all: Balancer;
  private readonly zones = new Map<string, Balancer>();
  /** Zones that have endpoints at present. */
  private present = new Set<string>();

  constructor(
    private readonly make: () => Balancer,
    private readonly places: StationPlaces,
    /** Whether an endpoint without a hint is for the callers of its own zone. */
    private readonly own: boolean,
  ) {
    this.all = make();
  }

  route(endpoints: readonly Endpoint[]): void {
    this.all.route(endpoints);
    const byZone = new Map<string, Endpoint[]>();
    for (const endpoint of endpoints) {
      const zone = endpoint.zone ?? (this.own ? this.zoneOf(endpoint.station) : null);
      if (zone !== null && endpoint.weight > 0) byZone.set(zone, [...(byZone.get(zone) ?? []), endpoint]);
    }
    this.present = new Set(byZone.keys());
    for (const [zone, theirs] of byZone) this.balancerOf(zone).route(theirs);
  }

  pick(ordinal: number, salt: number, caller = -1): number {
    const zone = this.zoneOf(caller);
    const balancer = zone !== null && this.present.has(zone) ? this.balancerOf(zone) : this.all;
    return balancer.pick(ordinal, salt, caller);
  }

  loadChanged(station: number): void {
    this.all.loadChanged(station);
    for (const balancer of this.zones.values()) balancer.loadChanged(station);
  }

  private balancerOf(zone: string): Balancer {
    const known = this.zones.get(zone);
    if (known !== undefined) return known;
    const made = this.make();
    this.zones.set(zone, made);
    return made;
  }

  private zoneOf(station: number): string | null {
    return this.places.zoneOf(this.places.of(station));
  }
}
