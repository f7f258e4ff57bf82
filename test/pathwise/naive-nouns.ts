import type { ClientSpec } from '../../src/domain/traffic-spec.js';
import type { Sampler } from '../../src/kernel/distributions.js';
import type { KeyedRandom } from '../../src/kernel/random.js';
import type { ArrivalCursor } from '../sim/requests/arrival-cursor.js';
import type { NaiveCache } from './naive-cache.js';
import type { NaiveStation, NaiveVisit } from './naive-station.js';

/** How a logical request ended. */
export type NaiveOutcome = 'served' | 'timed out' | 'rejected' | 'gave up' | 'call failed';

/** Is told of each logical request's end. */
export type NaiveObserver = (source: number, ordinal: number, outcome: NaiveOutcome, at: number) => void;

export interface Draw {
  readonly sample: Sampler;
  readonly random: KeyedRandom;
}

/** Work at a place, ready to be drawn. */
export interface Task {
  readonly place: Place;
  readonly cpu: Draw;
  readonly wait: Draw | null;
  readonly groups: readonly (readonly Site[])[];
}

/** A place from which attempts are made, with its client's habits and the tokens of its retry budget. */
export interface Site {
  readonly task: Task;
  readonly client: ClientSpec;
  /** Who its clients are, by the name of their connections. */
  readonly from: string;
  readonly probability: number;
  /** Asked before the call is made. */
  readonly cache: NaiveCache | null;
  /** Which call it is below its parent, to key its draws. */
  readonly key: number;
  tokens: number;
}

/** A workload or a dependency. */
export interface Place {
  /** The station for an attempt, or null when the rate limit refuses it. */
  readonly choose: (ordinal: number, salt: number, at: number) => NaiveStation | null;
  readonly patience: Draw | null;
  /** Connections open to each pod, where it balances per connection. */
  readonly connections: Map<NaiveStation, number> | null;
}

/** A logical request, or a call inside the system: one or more attempts. */
export interface Errand {
  readonly site: Site;
  readonly ordinal: number;
  readonly hop: number;
  /** The pod that calls, or null where a client outside does. */
  readonly caller: NaiveStation | null;
  readonly ended: (outcome: NaiveOutcome, at: number) => void;
  attempts: number;
  /** The attempt under way. */
  attempt: Attempt | null;
  cancelTimeout: (() => void) | null;
  cancelRetry: (() => void) | null;
}

export interface Attempt {
  readonly visit: NaiveVisit;
  readonly task: Task;
  /** Who waits for it; null once nobody does. */
  errand: Errand | null;
  /** Calls it has out. */
  calls: Errand[];
}

export interface Source {
  readonly arrivals: ArrivalCursor;
  readonly hop: number;
  readonly sites: readonly Site[];
  readonly shares: readonly number[];
  readonly classes: KeyedRandom;
  nextAt: number;
  ordinal: number;
}
