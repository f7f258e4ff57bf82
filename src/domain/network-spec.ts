import type { Distribution } from '../kernel/distributions.js';

/** Where something stands; what nobody said is left out. Places of one region and no zone count as one zone of their own. */
export interface PlaceSpec {
  readonly region?: string;
  readonly zone?: string;
}

/** Where a dependency stands: in a place of the cloud, or on the internet, outside of it. */
export interface DependencyPlaceSpec extends PlaceSpec {
  readonly internet?: boolean;
}

/** What lies between the two ends of a message. Whatever has no place at all stands beside whoever talks to it: `sameZone`. */
export const linkKinds = ['sameZone', 'crossZone', 'crossRegion', 'clients', 'internet'] as const;

/** One of the things that may lie between two ends. */
export type LinkKind = (typeof linkKinds)[number];

/** Borders that somebody may bill for. What comes in from the internet is free everywhere and not counted. */
export const egressKinds = ['crossZone', 'crossRegion', 'internet'] as const;

/** One of these borders. */
export type EgressKind = (typeof egressKinds)[number];

/** Prices of traffic in USD a byte. Between zones both ends pay; between regions, and to the internet, the one that sends. */
export type EgressPrices = Readonly<Record<EgressKind, number>>;

/** The network between places. A world without one has none: messages take no time and cost nothing. */
export interface NetworkSpec {
  /** Round-trip times in microseconds: half on the way out, half on the way back. */
  readonly roundTrip: Readonly<Record<LinkKind, Distribution>>;
  /** Chance that one transmission of a message is lost, from 0 to below 1. */
  readonly loss: number;
  /** Null where traffic is counted but not billed. */
  readonly prices: EgressPrices | null;
}

/** Size of a message in bytes: always the same, or drawn for each. */
export type MessageSize = number | Distribution;

/** Sizes of the two messages of an attempt. */
export interface MessageSizes {
  readonly requestBytes: MessageSize;
  readonly responseBytes: MessageSize;
}
