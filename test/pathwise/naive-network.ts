import type { NetworkEnd, NetworkFault } from '../../src/domain/fault-spec.js';
import type { DependencyPlaceSpec, LinkKind } from '../../src/domain/network-spec.js';
import type { WorldSpec } from '../../src/domain/world-spec.js';
import { sampler } from '../../src/kernel/distributions.js';
import { mixKeys } from '../../src/kernel/random.js';
import type { Streams } from '../../src/kernel/streams.js';
import type { Trip } from './naive-nouns.js';
import type { NaiveStation } from './naive-station.js';

/** A message between a caller (null outside) and a station of a place (null where no station is chosen yet). */
export interface NaiveMessage {
  readonly caller: NaiveStation | null;
  readonly callee: NaiveStation | null;
  /** Name of the workload or dependency called. */
  readonly name: string;
  readonly ordinal: number;
  readonly salt: number;
}

interface End {
  readonly name: string | null;
  readonly place: DependencyPlaceSpec;
}

/** Seconds of waiting for each transmission. */
const WAITS = [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 120, 120, 120, 120, 120, 120];

/** Says when messages arrive, by looking at everything anew for each. */
export class NaiveNetwork {
  private readonly ends = new Map<NaiveStation, End>();

  constructor(
    private readonly world: WorldSpec,
    private readonly streams: Streams,
  ) {}

  zoneOf(station: NaiveStation): string | undefined {
    return this.ends.get(station)!.place.zone;
  }

  enter(station: NaiveStation, name: string, place: DependencyPlaceSpec | undefined): void {
    this.ends.set(station, { name, place: place ?? {} });
  }

  /** An attempt, or its cancellation, leaves the caller; clients outside reach the balancer. */
  out(message: NaiveMessage, at: number, leg: 'attempt' | 'cancellation'): { at: number; givenUp: boolean } {
    const { caller } = message;
    const key = leg === 'attempt' ? 1 : 4;
    const faults = caller === null ? [] : this.faults(this.endOf(message.caller), this.calleeOf(message), false);
    return this.walk(message, key, at, { micros: Math.floor(this.roundTrip(message) / 2), faults, loss: this.loss() });
  }

  /** From the balancer to the pod it has chosen; null where nothing can happen on the way. */
  fromBalancer(message: NaiveMessage, at: number): { at: number; givenUp: boolean } | null {
    const faults = this.faults(this.endOf(null), this.calleeOf(message), false);
    return faults.length === 0 ? null : this.walk(message, 2, at, { micros: 0, faults, loss: 0 });
  }

  /** An answer leaves the station, or the balancer. */
  back(message: NaiveMessage, at: number): { at: number; givenUp: boolean } {
    const way = { micros: Math.ceil(this.roundTrip(message) / 2), faults: [], loss: this.loss() };
    if (message.caller !== null) return this.walk(message, 3, at, { ...way, faults: this.backFaults(message) });
    const before = this.toBalancer(message, at);
    if (before === null) return this.walk(message, 3, at, way);
    return before.givenUp ? before : this.walk(message, 5, before.at, way);
  }

  /** When the balancer of an attempt hears what its station says: with the caller inside, or beside the station. */
  word(message: NaiveMessage, at: number): { at: number; givenUp: boolean } {
    if (message.caller !== null) return this.back(message, at);
    return this.toBalancer(message, at) ?? { at, givenUp: false };
  }

  /** From the pod to the balancer that clients outside have met; null where nothing can happen on the way. */
  private toBalancer(message: NaiveMessage, at: number): { at: number; givenUp: boolean } | null {
    const faults = message.callee === null ? [] : this.backFaults(message);
    return faults.length === 0 ? null : this.walk(message, 3, at, { micros: 0, faults, loss: 0 });
  }

  private backFaults(message: NaiveMessage): { fault: NetworkFault; extra: number }[] {
    return this.faults(this.calleeOf(message), this.endOf(message.caller), true);
  }

  private walk(
    { ordinal, salt }: NaiveMessage,
    leg: number,
    at: number,
    way: { micros: number; faults: readonly { fault: NetworkFault; extra: number }[]; loss: number },
  ): { at: number; givenUp: boolean } {
    let sent = at;
    for (const [time, wait] of WAITS.entries()) {
      const active = way.faults.filter(({ fault }) => sent > fault.at && sent <= fault.at + fault.durationMicros);
      const through = active.reduce((chance, { fault }) => chance * (1 - fault.loss), 1 - way.loss);
      const drawn = this.streams.stream('loss', '').uniform(ordinal, mixKeys(mixKeys(salt, leg), time));
      if (drawn >= 1 - through) {
        return { at: active.reduce((sum, { extra }) => sum + extra, sent + way.micros), givenUp: false };
      }
      sent += wait * 1e6;
    }
    return { at: sent, givenUp: true };
  }

  private faults(from: End, to: End, isAnswer: boolean): { fault: NetworkFault; extra: number }[] {
    return this.world.faults.flatMap((fault) => {
      if (fault.kind !== 'network') return [];
      const along = isAt(fault.from, from) && isAt(fault.to, to);
      const against = fault.bothWays && isAt(fault.from, to) && isAt(fault.to, from);
      if (!along && !against) return [];
      const half = (isAnswer ? Math.ceil : Math.floor)(fault.delayMicros / 2);
      return [{ fault, extra: fault.bothWays ? half : fault.delayMicros }];
    });
  }

  private roundTrip(message: NaiveMessage): number {
    if (this.world.network === undefined) return 0;
    const kind = this.kind(message);
    const sample = sampler(this.world.network.roundTrip[kind]);
    return Math.round(sample(this.streams.stream('round-trip', ''), message.ordinal, message.salt));
  }

  private kind({ caller, callee }: NaiveMessage): LinkKind {
    if (caller === null) return 'clients';
    const a = this.ends.get(caller)!.place;
    const b = this.ends.get(callee!)!.place;
    if (b.internet === true) return 'internet';
    const placed = [a, b].every(({ zone, region }) => zone !== undefined || region !== undefined);
    if (!placed || (a.zone === b.zone && a.region === b.region)) return 'sameZone';
    return a.region === b.region ? 'crossZone' : 'crossRegion';
  }

  private loss(): number {
    return this.world.network?.loss ?? 0;
  }

  private endOf(station: NaiveStation | null): End {
    return station === null ? { name: null, place: {} } : this.ends.get(station)!;
  }

  private calleeOf({ callee, name }: NaiveMessage): End {
    return callee === null ? { name, place: {} } : this.ends.get(callee)!;
  }
}

function isAt(where: NetworkEnd, end: End): boolean {
  if (where.kind === 'clients') return end.name === null;
  return where.kind === 'zone' ? end.place.zone === where.name : end.name === where.name;
}

/** What a message of an attempt is, as far as it has come. */
export function messageOf({ caller, station, site, ordinal, salt }: Trip): NaiveMessage {
  return { caller, callee: station ?? site.task.place.only, name: site.task.name, ordinal, salt };
}
