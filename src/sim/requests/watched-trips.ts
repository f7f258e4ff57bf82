import { type Flights, NO_FLIGHT } from '../network/flights.js';
import type { Ways } from '../network/ways.js';
import type { AttemptGate } from './attempt-gate.js';
import type { Boarding } from './boarding.js';
import { CALL_FIELDS } from './calls.js';
import type { AttemptKeys } from './gated-boarding.js';
import type { CallSite } from './operations.js';
import type { Outcome } from './outcome.js';
import { OUTSIDE, type PlaneState } from './plane-state.js';
import type { Trips } from './trips.js';
import { CALL, INSTANCE, ORDINAL, STRIDE } from './visits.js';

const { ATTEMPT, PARENT } = CALL_FIELDS;

/** Attempts on their way over a network whose balancers watch them: each that a balancer has sent is a flight, which it is told of as the attempt goes on. */
export class WatchedTrips {
  /** Flight of the present attempt, by call; of calls from inside only. */
  private readonly flightOf: number[] = [];

  constructor(
    private readonly plane: PlaneState,
    private readonly ways: Ways,
    private readonly flights: Flights,
    private readonly trips: Trips,
    private readonly boarding: Boarding,
  ) {}

  /** When a balancer hears next, or Infinity. */
  get nextTime(): number {
    return this.flights.nextTime;
  }

  /** Carries that out; its instant is the present one. */
  runNext(): void {
    this.flights.runNext();
  }

  /** A call's attempt sets out; no balancer has met it yet. */
  begin(call: number, visit: number, { elsewhere }: CallSite): void {
    const { visits } = this.plane;
    const retry = visits.ints[2 * call + ATTEMPT] > 0;
    this.trips.retry[visit / STRIDE] = retry ? 1 : 0;
    visits.ints[2 * visit + INSTANCE] = NO_FLIGHT;
    this.flightOf[call / STRIDE] = NO_FLIGHT;
    if (elsewhere && !retry) this.boarding.gated.begin(call);
  }

  /** Finds the station of an attempt, or -1; from then on it is in flight. */
  choose(visit: number, site: CallSite, gate: AttemptGate): number {
    const { ints } = this.plane.visits;
    const call = ints[2 * visit + CALL];
    const keys = this.keysOf(visit);
    const { ordinal, salt, caller } = keys;
    const retry = this.trips.retry[visit / STRIDE] === 1;
    const station = this.boarding.gated.choose(call, site, gate, keys, retry);
    if (station < 0) return station;
    const { timeoutMicros, serverStops, operation } = site;
    const flight = this.flights.open({
      books: gate,
      station,
      retry,
      outside: caller < 0,
      timeoutMicros,
      serverStops,
      way: this.ways.way(caller, operation.front, station),
      ordinal,
      salt,
    });
    ints[2 * visit + INSTANCE] = flight;
    if (caller >= 0) this.flightOf[call / STRIDE] = flight;
    return station;
  }

  /** An attempt has come to its station. */
  bring(visit: number, site: CallSite, gate: AttemptGate): Outcome {
    return this.boarding.bringGated(visit, site, gate, this.trips.station[visit / STRIDE], this.keysOf(visit));
  }

  /** An attempt has been refused by its station; `answered` where somebody waits for the answer. */
  refused(visit: number, outcome: Outcome, answered: boolean): void {
    this.flights.refused(this.flightOfVisit(visit), outcome, answered);
  }

  /** The connection of an attempt is given up at an instant. */
  lost(visit: number, at: number): void {
    this.flights.lost(this.flightOfVisit(visit), at);
  }

  /** The caller of a call gives up its present attempt, and with it a balancer that stands beside him. */
  timedOut(call: number): void {
    const inside = this.plane.visits.ints[2 * call + PARENT] > OUTSIDE;
    if (inside) this.flights.timedOut(this.flightOf[call / STRIDE]);
  }

  /** A balancer beside the caller is told that nobody waits for a visit any more, whose server will stop. */
  abandonedByCaller(visit: number): void {
    if (this.trips.caller[visit / STRIDE] > OUTSIDE) this.abandoned(visit);
  }

  /** The same of any balancer. */
  abandoned(visit: number): void {
    this.flights.abandoned(this.flightOfVisit(visit));
  }

  private flightOfVisit(visit: number): number {
    return this.plane.visits.ints[2 * visit + INSTANCE];
  }

  private keysOf(visit: number): AttemptKeys {
    const row = visit / STRIDE;
    const ordinal = this.plane.visits.reals[visit + ORDINAL];
    return { ordinal, salt: this.trips.salt[row], caller: this.trips.caller[row] };
  }
}
