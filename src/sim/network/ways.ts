import type { LinkKind, NetworkSpec } from '../../domain/network-spec.js';
import type { FaultSpec } from '../../domain/fault-spec.js';
import { type Sampler, sampler } from '../../kernel/distributions.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import { type Disturbance, Disturbances, type MessageEnd } from './disturbances.js';
import { CLIENTS_PLACE, type StationPlaces } from './station-places.js';
import type { Leg } from './transmission.js';

/** The way between a caller and a station, there and back. */
export interface Way {
  readonly link: LinkKind;
  readonly out: Leg;
  readonly back: Leg;
  /** From the balancer that clients outside have met to the station: takes no time but where a fault disturbs it; null elsewhere. */
  readonly fromBalancer: Leg | null;
  /** The same from the station to that balancer; `back` then begins there. */
  readonly toBalancer: Leg | null;
}

/** Says which fronts stations belong to. */
export interface FrontNames {
  readonly fronts: readonly { readonly name: string }[];
  readonly frontOf: readonly { readonly name: string; readonly index: number }[];
}

/** Every way between two places and two ends, made when first asked for, and how long round trips take on it. */
export class Ways {
  private readonly ways = new Map<number, Way>();
  private readonly disturbances: Disturbances;
  private readonly roundTrips: Readonly<Record<LinkKind, Sampler>>;
  private readonly random: KeyedRandom;

  constructor(
    private readonly network: NetworkSpec,
    faults: readonly FaultSpec[],
    private readonly places: StationPlaces,
    private readonly names: FrontNames,
    streams: Streams,
  ) {
    this.disturbances = new Disturbances(faults);
    this.random = streams.stream('round-trip', '');
    const { sameZone, crossZone, crossRegion, clients, internet } = network.roundTrip;
    this.roundTrips = {
      sameZone: sampler(sameZone),
      crossZone: sampler(crossZone),
      crossRegion: sampler(crossRegion),
      clients: sampler(clients),
      internet: sampler(internet),
    };
  }

  /** The way from a caller's station (-1 outside) to a station of a front; a station of -1 is the front's balancer. */
  way(caller: number, front: number, station: number): Way {
    const from = this.places.of(caller);
    const to = station < 0 ? CLIENTS_PLACE : this.places.of(station);
    const ends = (caller < 0 ? 0 : this.names.frontOf[caller].index + 1) * WIDTH + front;
    const key = (ends * WIDTH + from) * WIDTH + to;
    const known = this.ways.get(key);
    if (known !== undefined) return known;
    const made = this.make(caller, front, station);
    this.ways.set(key, made);
    return made;
  }

  /** Round-trip time of an attempt in whole microseconds, drawn by what the attempt is. */
  roundTripMicros(link: LinkKind, ordinal: number, key: number): number {
    return Math.round(this.roundTrips[link](this.random, ordinal, key));
  }

  private make(caller: number, front: number, station: number): Way {
    const { loss } = this.network;
    const theirs: MessageEnd =
      caller < 0
        ? { name: null, zone: null }
        : { name: this.names.frontOf[caller].name, zone: this.places.zoneOf(this.places.of(caller)) };
    const zone = station < 0 ? null : this.places.zoneOf(this.places.of(station));
    const ours: MessageEnd = { name: this.names.fronts[front].name, zone };
    const out = this.disturbances.between(theirs, ours, false);
    const back = this.disturbances.between(ours, theirs, true);
    if (caller >= 0) {
      const link = this.places.between(this.places.of(caller), this.places.of(station));
      return { link, out: leg(loss, out), back: leg(loss, back), fromBalancer: null, toBalancer: null };
    }
    const within = (disturbances: readonly Disturbance[]): Leg | null =>
      station < 0 || disturbances.length === 0 ? null : leg(0, disturbances);
    const ends = { fromBalancer: within(out), toBalancer: within(back) };
    return { link: 'clients', out: leg(loss, []), back: leg(loss, []), ...ends };
  }
}

function leg(loss: number, disturbances: readonly Disturbance[]): Leg {
  return { loss, disturbances };
}

/** Places, and fronts, are fewer than this. */
const WIDTH = 4096;
