import type { DependencyPlaceSpec, LinkKind, PlaceSpec } from '../../domain/network-spec.js';
import { wider } from '../requests/visits.js';

/** Stands for the place of clients outside. */
export const CLIENTS_PLACE = 0;
const INTERNET = 1;
/** Beside whoever talks to it. */
const BESIDE = 2;
const FIRST_KNOWN = 3;

/** Where every station stands, and what lies between two of them. Places are whole numbers, equal for equal region and zone. */
export class StationPlaces {
  private ofStation = new Int32Array(64);
  private readonly numbers = new Map<string, number>();
  private readonly known: Required<PlaceSpec>[] = [];

  /** A station stands there from now on. */
  enter(station: number, place: DependencyPlaceSpec | undefined): void {
    while (this.ofStation.length <= station) {
      this.ofStation = wider(this.ofStation, new Int32Array(this.ofStation.length * 2));
    }
    this.ofStation[station] = this.numberOf(place);
  }

  /** Place of a station, or of clients outside for -1. */
  of(station: number): number {
    return station < 0 ? CLIENTS_PLACE : this.ofStation[station];
  }

  /** Name of a place's zone, or null where it has none. */
  zoneOf(place: number): string | null {
    const { zone } = place < FIRST_KNOWN ? { zone: '' } : this.known[place - FIRST_KNOWN];
    return zone === '' ? null : zone;
  }

  /** What lies between two places, each way the same. */
  between(a: number, b: number): LinkKind {
    if (a === CLIENTS_PLACE || b === CLIENTS_PLACE) return 'clients';
    if (a === INTERNET || b === INTERNET) return 'internet';
    if (a === b || a === BESIDE || b === BESIDE) return 'sameZone';
    return this.known[a - FIRST_KNOWN].region === this.known[b - FIRST_KNOWN].region ? 'crossZone' : 'crossRegion';
  }

  private numberOf(place: DependencyPlaceSpec | undefined): number {
    if (place?.internet === true) return INTERNET;
    const { region = '', zone = '' } = place ?? {};
    if (region === '' && zone === '') return BESIDE;
    const key = `${region}/${zone}`;
    const number = this.numbers.get(key) ?? FIRST_KNOWN + this.known.length;
    if (number === FIRST_KNOWN + this.known.length) this.known.push({ region, zone });
    this.numbers.set(key, number);
    return number;
  }
}
