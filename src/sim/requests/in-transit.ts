import { EventQueue } from '../../kernel/event-queue.js';
import { mixKeys } from '../../kernel/random.js';
import type { NetworkState } from '../network/network-state.js';
import { type Leg, LEG } from '../network/transmission.js';
import type { Way } from '../network/ways.js';
import { attemptKey } from './attempt-key.js';
import type { Boarding } from './boarding.js';
import { CALL_FIELDS, UNDER_WAY } from './calls.js';
import type { CallSite } from './operations.js';
import { OUTCOME, type Outcome } from './outcome.js';
import { LISTENER, OUTSIDE, type PlaneState } from './plane-state.js';
import { Trips } from './trips.js';
import { ARRIVED, CALL, OPERATION, ORDINAL, STATE, STATION, STRIDE, VISIT } from './visits.js';
import { WatchedTrips } from './watched-trips.js';

const { ATTEMPT, PARENT, PATH, PRESENT, REQUEST, SITE } = CALL_FIELDS;

/** What messages lead to at their ends. */
export interface Ends {
  /** The answer to the present attempt of a call is there. */
  delivered(call: number, outcome: Outcome): void;
  /** A server learns that nobody waits any more for a visit on board. */
  stop(visit: number): void;
  /** Must follow every change of what is under way. */
  timed(): void;
}

/**
 * Attempts, answers and cancellations on their way between callers and stations, in a world with a network.
 *
 * Callers inside choose a station and then send; clients outside meet the balancer, which stands beside its pods, after half of the round trip,
 * and a dependency admits what reaches it. Failures travel back like answers, but for that of a caller inside who finds no endpoint. A caller
 * who gives up says so: the server learns of it half a round trip later, and never before the attempt itself. What takes no time happens at
 * once. At one instant messages come after completions and before everything that callers time; what balancers hear comes first of them.
 */
export class InTransit {
  private readonly messages = new EventQueue();
  private readonly trips: Trips;
  /** Null where no balancer watches. */
  private readonly watched: WatchedTrips | null;
  /** Of answers under way, by call. */
  private readonly outcomes: Outcome[] = [];
  private readonly stations: number[] = [];

  constructor(
    private readonly plane: PlaneState,
    private readonly network: NetworkState,
    private readonly boarding: Boarding,
    private readonly ends: Ends,
  ) {
    this.trips = new Trips(plane.visits);
    const { flights, ways } = network;
    this.watched = flights === null ? null : new WatchedTrips(plane, ways, flights, this.trips, boarding);
    if (flights !== null) flights.timed = () => ends.timed();
  }

  /** When the next message arrives, or Infinity. */
  get nextTime(): number {
    const { messages, watched } = this;
    return watched === null ? messages.nextTime : Math.min(messages.nextTime, watched.nextTime);
  }

  /** Delivers the next message; its instant is the present one. */
  runNext(): void {
    if (this.watched !== null && this.watched.nextTime <= this.plane.board.now) {
      this.watched.runNext();
      return;
    }
    const phase = this.messages.nextPhase;
    const token = this.messages.pop();
    this.ends.timed();
    if (phase === MESSAGE.attempt) this.arrived(token);
    else if (phase === MESSAGE.cancellation) this.cancelled(token);
    else this.answered(this.plane.calls.callOf(token));
  }

  /** The present attempt of a call sets out. */
  send(call: number, visit: number, site: CallSite): void {
    const { visits } = this.plane;
    const row = this.trips.begin(visit);
    const ordinal = visits.reals[call + REQUEST];
    const salt = mixKeys(visits.ints[2 * call + PATH], visits.ints[2 * call + ATTEMPT]);
    const caller = this.callerOf(call);
    this.trips.site[row] = site.id;
    this.trips.salt[row] = salt;
    this.trips.caller[row] = caller;
    this.trips.station[row] = this.network.onlyStation[site.operation.front];
    this.watched?.begin(call, visit, site);
    if (caller >= 0 && this.trips.station[row] < 0 && !this.choose(visit, site)) {
      this.letGo(visit);
      this.ends.delivered(call, this.refusalOf(site));
      return;
    }
    const way = this.wayOf(visit, site);
    this.network.ledger.sent(way.link, false, this.network.sizes[site.id].request(ordinal, salt));
    this.travel(visit, way.out, Math.floor(this.roundTrip(way, ordinal, salt) / 2), LEG.out);
  }

  /** A call's attempt has ended at a station, or at a balancer for -1; its visit has been let go. */
  reply(call: number, outcome: Outcome, station: number): void {
    const { visits, sites } = this.plane;
    const { network } = this;
    const site = sites[visits.ints[2 * call + SITE]];
    const ordinal = visits.reals[call + REQUEST];
    const salt = mixKeys(visits.ints[2 * call + PATH], visits.ints[2 * call + ATTEMPT]);
    const way = network.ways.way(this.callerOf(call), site.operation.front, station);
    const at = this.answerAt(way, ordinal, salt);
    if (outcome === OUTCOME.served) network.ledger.sent(way.link, true, network.sizes[site.id].response(ordinal, salt));
    this.tell(call, network.transmission.givenUp ? OUTCOME.cutByFailure : outcome, station, at);
  }

  /** Nobody waits for a visit any more, and its server stops when it learns of it. */
  abandon(visit: number): void {
    const { visits, board, sites } = this.plane;
    const { transmission } = this.network;
    visits.ints[2 * visit + CALL] = LISTENER.nobody;
    this.watched?.abandonedByCaller(visit);
    const row = visit / STRIDE;
    const site = sites[this.trips.site[row]];
    const ordinal = visits.reals[visit + ORDINAL];
    const salt = this.trips.salt[row];
    const way = this.wayOf(visit, site);
    const out = Math.floor(this.roundTrip(way, ordinal, salt) / 2);
    const at = transmission.arrival(board.now, out, way.out, ordinal, mixKeys(salt, LEG.cancellation));
    if (transmission.givenUp) return;
    if (at <= board.now && this.trips.underWay[row] === 0) this.stop(visit);
    else this.post(Math.max(at, visits.reals[visit + ARRIVED]), MESSAGE.cancellation, this.trips.token(visit));
  }

  /** The caller of a call gives up its present attempt. */
  timedOut(call: number): void {
    this.watched?.timedOut(call);
  }

  /** CPU time spent on an answer under way that nobody waits for any more, in microseconds; 0 where it is a failure. */
  wastedCpuMicros(call: number): number {
    if (this.outcomes[call / STRIDE] !== OUTCOME.served) return 0;
    const { visits, sites, processes } = this.plane;
    const { cpu } = sites[visits.ints[2 * call + SITE]].operation;
    const key = attemptKey(visits.ints[2 * call + PATH], visits.ints[2 * call + ATTEMPT]);
    return (
      cpu.sample(cpu.random, visits.reals[call + REQUEST], key) / (processes[this.stations[call / STRIDE]]?.speed ?? 1)
    );
  }

  /** The answer to a call has come, or to one that has ended meanwhile for -1. */
  private answered(call: number): void {
    if (call >= 0) this.ends.delivered(call, this.outcomes[call / STRIDE]);
  }

  /** An attempt has come to a balancer, or to its station. */
  private arrived(visit: number): void {
    const { sites, visits } = this.plane;
    const row = visit / STRIDE;
    const site = sites[this.trips.site[row]];
    if (this.trips.chosen[row] === 0) {
      if (!this.choose(visit, site)) {
        this.refused(visit, this.refusalOf(site), this.network.onlyStation[site.operation.front]);
        return;
      }
      const { fromBalancer } = this.wayOf(visit, site);
      if (fromBalancer !== null) {
        this.travel(visit, fromBalancer, 0, LEG.fromBalancer);
        return;
      }
    }
    this.trips.underWay[row] = 0;
    const station = this.trips.station[row];
    const { operation } = site;
    const outcome =
      operation.gate !== null && this.watched !== null
        ? this.watched.bring(visit, site, operation.gate)
        : this.boarding.bring(visit, operation, station, visits.reals[visit + ORDINAL], this.trips.salt[row]);
    if (outcome !== OUTCOME.served) this.refused(visit, outcome, station);
  }

  /** Finds the station of an attempt; false where there is none. */
  private choose(visit: number, site: CallSite): boolean {
    const { operation, chooser } = site;
    const row = visit / STRIDE;
    this.trips.chosen[row] = 1;
    operation.tally.offered += 1;
    const ordinal = this.plane.visits.reals[visit + ORDINAL];
    const station =
      operation.gate !== null && this.watched !== null
        ? this.watched.choose(visit, site, operation.gate)
        : chooser.choose(ordinal, this.trips.salt[row], this.trips.caller[row]);
    if (station < 0) operation.tally.failed += 1;
    else this.trips.station[row] = station;
    return station >= 0;
  }

  private refusalOf({ operation: { gate, front } }: CallSite): Outcome {
    return gate === null ? this.plane.fronts[front].refusal : gate.refusal;
  }

  /** The server of a visit hears that it may stop, as has every balancer before it. */
  private stop(visit: number): void {
    this.watched?.abandoned(visit);
    this.ends.stop(visit);
  }

  private travel(visit: number, leg: Leg, micros: number, key: number): void {
    const { visits, board, operations } = this.plane;
    const { transmission } = this.network;
    const row = visit / STRIDE;
    const ordinal = visits.reals[visit + ORDINAL];
    const at = transmission.arrival(board.now, micros, leg, ordinal, mixKeys(this.trips.salt[row], key));
    visits.reals[visit + ARRIVED] = at;
    if (transmission.givenUp) {
      if (this.trips.chosen[row] === 1) operations[visits.ints[2 * visit + OPERATION]].tally.failed += 1;
      this.lost(visit, at);
    } else if (at <= board.now) this.arrived(visit);
    else this.post(at, MESSAGE.attempt, visit);
  }

  /** The connection of an attempt has been given up, or will be at `at`: whoever waits is told by his own side. */
  private lost(visit: number, at: number): void {
    const call = this.letGo(visit);
    this.watched?.lost(visit, at);
    if (call >= 0) this.tell(call, OUTCOME.cutByFailure, OUTSIDE, at);
  }

  private refused(visit: number, outcome: Outcome, station: number): void {
    const call = this.letGo(visit);
    this.watched?.refused(visit, outcome, call >= 0);
    if (call >= 0) this.reply(call, outcome, station);
  }

  /** When an answer that sets out now reaches the caller, over a balancer between them where one of clients outside is cut off from its pod. */
  private answerAt(way: Way, ordinal: number, salt: number): number {
    const { transmission } = this.network;
    const roundTrip = this.roundTrip(way, ordinal, salt);
    const back = roundTrip - Math.floor(roundTrip / 2);
    const { now } = this.plane.board;
    if (way.toBalancer === null) return transmission.arrival(now, back, way.back, ordinal, mixKeys(salt, LEG.back));
    const at = transmission.arrival(now, 0, way.toBalancer, ordinal, mixKeys(salt, LEG.back));
    return transmission.givenUp ? at : transmission.arrival(at, back, way.back, ordinal, mixKeys(salt, LEG.toClient));
  }

  private letGo(visit: number): number {
    const { visits } = this.plane;
    this.trips.underWay[visit / STRIDE] = 0;
    visits.release(visit);
    return visits.ints[2 * visit + CALL];
  }

  private tell(call: number, outcome: Outcome, station: number, at: number): void {
    const { calls, visits, board } = this.plane;
    visits.ints[2 * call + PRESENT] = UNDER_WAY;
    this.outcomes[call / STRIDE] = outcome;
    this.stations[call / STRIDE] = station;
    if (at <= board.now) this.ends.delivered(call, outcome);
    else this.post(at, MESSAGE.answer, calls.token(call));
  }

  /**
   * A cancellation may overtake an attempt that was lost between balancer and pod: then it waits for it. One that comes when the attempt has
   * ended finds nobody, or a job, which makes no trip, in its place.
   */
  private cancelled(token: number): void {
    const { visits } = this.plane;
    const visit = this.trips.visitOf(token);
    if (visit < 0) return;
    if (this.trips.underWay[visit / STRIDE] === 1) {
      this.post(visits.reals[visit + ARRIVED], MESSAGE.cancellation, token);
    } else if (visits.ints[2 * visit + STATE] !== VISIT.none && visits.ints[2 * visit + CALL] === LISTENER.nobody)
      this.stop(visit);
  }

  private post(at: number, phase: number, payload: number): void {
    this.messages.push(at, phase, payload);
    this.ends.timed();
  }

  private callerOf(call: number): number {
    const parent = this.plane.visits.ints[2 * call + PARENT];
    return parent < 0 ? OUTSIDE : this.plane.visits.ints[2 * parent + STATION];
  }

  private wayOf(visit: number, { operation }: CallSite): Way {
    const row = visit / STRIDE;
    return this.network.ways.way(this.trips.caller[row], operation.front, this.trips.station[row]);
  }

  private roundTrip({ link }: Way, ordinal: number, salt: number): number {
    return this.network.ways.roundTripMicros(link, ordinal, salt);
  }
}

/** At one instant attempts arrive before answers, and both before cancellations. */
const MESSAGE = { attempt: 0, answer: 1, cancellation: 2 } as const;
