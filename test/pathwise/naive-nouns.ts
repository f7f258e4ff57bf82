import type { ClientSpec, UserSpec } from '../../src/domain/traffic-spec.js';
import { type Distribution, type Sampler, sampler } from '../../src/kernel/distributions.js';
import type { KeyedRandom } from '../../src/kernel/random.js';
import type { ArrivalCursor } from '../sim/requests/arrival-cursor.js';
import type { NaiveCache } from './naive-cache.js';
import type { NaiveDoors } from './naive-doors.js';
import type { NaiveFleet, Way } from './naive-fleet.js';
import type { NaivePods } from './naive-pods.js';
import type { NaiveStation, NaiveVisit } from './naive-station.js';

/** How a logical request ended. */
export type NaiveOutcome = 'served' | 'timed out' | 'rejected' | 'gave up' | 'call failed' | 'cut off' | Refusal;

/** What only balancers and pods that do more than their duty answer, and pods that are no more. */
type Refusal = 'error' | 'circuit open' | 'shed' | 'refused';

/** Is told of each logical request's end. */
export type NaiveObserver = (source: number, ordinal: number, outcome: NaiveOutcome, at: number) => void;

export interface Draw {
  readonly sample: Sampler;
  readonly random: KeyedRandom;
}

/** The draw of a distribution from a stream. */
export function drawn(distribution: Distribution, random: KeyedRandom): Draw {
  return { sample: sampler(distribution), random };
}

/** Work at a place, ready to be drawn. */
export interface Task {
  /** Name of its place. */
  readonly name: string;
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
  readonly choose: (ordinal: number, salt: number, at: number, caller: NaiveStation | null) => NaiveStation | null;
  readonly patience: Draw | null;
  /** Balancers that only choose; null for a dependency. */
  readonly doors: NaiveDoors | null;
  /** The only station of a dependency, which callers send to without choosing; null for a workload. */
  readonly only: NaiveStation | null;
  /** Balancers that do more than choose; null where there is one that does not. */
  readonly fleet: NaiveFleet | null;
  /** Null for a dependency. */
  readonly pods: NaivePods | null;
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
  /** Pods that its attempts have come to, where a fleet chooses. */
  readonly tried: NaiveStation[];
  /** The attempt under way, from setting out until its server lets go of it. */
  trip: Trip | null;
  /** The present attempt, also when its server has let go of it. */
  present: Trip | null;
  /** Stops the answer under way. */
  cancelAnswer: (() => void) | null;
  cancelTimeout: (() => void) | null;
  cancelRetry: (() => void) | null;
}

/** An attempt as its caller sees it. */
export interface Trip {
  readonly salt: number;
  /** Key of its demands. */
  readonly key: number;
  readonly caller: NaiveStation | null;
  readonly ordinal: number;
  readonly site: Site;
  station: NaiveStation | null;
  /** Whether it is a further attempt. */
  readonly isRetry: boolean;
  /** Through which balancer, where a fleet chooses. */
  way: Way | null;
  /** Whether that balancer has it in flight, and has still to judge it. */
  inFlight: boolean;
  unjudged: boolean;
  arrivesAt: number;
  /** Who waits for it; null once nobody does. */
  errand: Errand | null;
  /** Null before it is on board, and where it was refused. */
  attempt: Attempt | null;
}

export interface Attempt {
  readonly visit: NaiveVisit;
  readonly task: Task;
  readonly trip: Trip;
  /** Calls it has out. */
  calls: Errand[];
}

export interface Source {
  readonly arrivals: ArrivalCursor;
  readonly hop: number;
  readonly sites: readonly Site[];
  readonly shares: readonly number[];
  readonly classes: KeyedRandom;
  /** Name in the world. */
  readonly name: string;
  readonly users: UserSpec | undefined;
  nextAt: number;
  ordinal: number;
}
