import type { MessageSizes } from '../../domain/network-spec.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import type { Streams } from '../../kernel/streams.js';
import { needsGate } from '../balancing/needs-gate.js';
import { EgressLedger, type SizeDraw, sizeDraw } from './egress-ledger.js';
import { Flights } from './flights.js';
import type { StationPlaces } from './station-places.js';
import { Transmission } from './transmission.js';
import { type FrontNames, Ways } from './ways.js';

/** How large the messages of a call site are. */
export interface SiteSizes {
  readonly request: SizeDraw;
  readonly response: SizeDraw;
}

/** The network of a world in which messages take time or are counted. */
export interface NetworkState {
  readonly ways: Ways;
  readonly transmission: Transmission;
  readonly ledger: EgressLedger;
  /** What balancers that watch attempts have in flight; null where none does. */
  readonly flights: Flights | null;
  /** Station of each front that has but one and no balancer, by the front's index; -1 elsewhere. */
  readonly onlyStation: number[];
  /** By call site. */
  readonly sizes: SiteSizes[];
  /** Sizes for the next call site. */
  readonly enterSizes: (sizes: MessageSizes | undefined) => void;
}

/** The network of a world, or null where it has none: then messages take no time and nothing is counted. */
export function networkOf(
  world: WorldSpec,
  places: StationPlaces,
  names: FrontNames,
  streams: Streams,
  clock: Float64Array,
): NetworkState | null {
  const { network, faults } = world;
  if (network === undefined) return null;
  const sizes: SiteSizes[] = [];
  const ways = new Ways(network, faults, places, names, streams);
  const transmission = new Transmission(streams.stream('loss', ''));
  const watched = world.workloads.some((workload) => needsGate(world, workload));
  return {
    ways,
    transmission,
    flights: watched ? new Flights(ways, transmission, clock) : null,
    ledger: new EgressLedger(),
    onlyStation: world.workloads.map(() => -1),
    sizes,
    enterSizes: (given) =>
      sizes.push({
        request: sizeDraw(given?.requestBytes ?? 0, streams.stream('request-size', '')),
        response: sizeDraw(given?.responseBytes ?? 0, streams.stream('response-size', '')),
      }),
  };
}
