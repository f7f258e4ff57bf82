import { EventQueue } from '../../kernel/event-queue.js';
import { mixKeys } from '../../kernel/random.js';
import type { BalancerBooks } from '../requests/attempt-gate.js';
import { OUTCOME, type Outcome } from '../requests/outcome.js';
import { LEG, type Transmission } from './transmission.js';
import type { Way, Ways } from './ways.js';

/** An attempt that a balancer sends on its way. */
export interface Departure {
  /** Whose balancer has chosen. */
  readonly books: BalancerBooks;
  readonly station: number;
  readonly retry: boolean;
  /** Whether a client outside has met the balancer, so that it stands beside the pods; else it stands with the caller. */
  readonly outside: boolean;
  /** How long it is waited for, in microseconds, or Infinity; and whether its server stops then, so that it is no longer in flight. */
  readonly timeoutMicros: number;
  readonly serverStops: boolean;
  readonly way: Way;
  /** What its messages are keyed by. */
  readonly ordinal: number;
  readonly salt: number;
}

interface Flight {
  readonly departure: Departure;
  readonly balancer: number;
  /** Whether its balancer has judged it, or never will. */
  judged: boolean;
  /** Whether its station has refused it. */
  refused: boolean;
  outcome: Outcome;
}

/** Stands for the flight of an attempt that no balancer has sent. */
export const NO_FLIGHT = 0;

/**
 * What balancers that watch attempts know of them over a network: an attempt is in flight from its choice until word of its end is back, or
 * until it is abandoned where its server stops. A balancer judges an attempt by that word, or at its own time-out if that comes first.
 *
 * A balancer stands with a caller inside, whose time-out is its own, and hears when the caller hears. One that clients outside meet stands
 * beside its pods, waits from the choice for as long as its clients do from theirs, and passes on what it hears.
 */
export class Flights {
  /** Must follow every change of what is under way. */
  timed: () => void = () => undefined;
  private readonly news = new EventQueue();
  private readonly flights = new Map<number, Flight>();
  private last = NO_FLIGHT;

  constructor(
    private readonly ways: Ways,
    private readonly transmission: Transmission,
    /** The present instant, in its first cell. */
    private readonly clock: Float64Array,
  ) {}

  /** When a balancer hears next, or gives up, or Infinity. */
  get nextTime(): number {
    return this.news.nextTime;
  }

  /** Carries that out; its instant is the present one. */
  runNext(): void {
    const phase = this.news.nextPhase;
    const id = this.news.pop();
    this.timed();
    if (phase === NEWS.heard) this.hear(id);
    else this.timedOut(id);
  }

  /** An attempt sets out. Returns its number. */
  open(departure: Departure): number {
    this.last = (this.last % MOST) + 1;
    const { books, station, retry, outside, timeoutMicros } = departure;
    const balancer = books.sent(this.last, station, retry);
    this.flights.set(this.last, { departure, balancer, judged: false, refused: false, outcome: OUTCOME.served });
    if (outside && timeoutMicros !== Infinity) this.post(this.clock[0] + timeoutMicros, NEWS.timedOut, this.last);
    return this.last;
  }

  /** An attempt that was on board has ended at its station; `seen` where somebody waits for it there, `answered` where an answer is sent. */
  ended(id: number, outcome: Outcome, seen: boolean, answered: boolean): void {
    const flight = this.flights.get(id);
    if (flight === undefined) return;
    if (outcome === OUTCOME.gaveUp || !(seen || flight.departure.outside)) flight.judged = true;
    this.sendWord(id, flight, outcome, answered);
  }

  /** An attempt has been refused by its station. */
  refused(id: number, outcome: Outcome, answered: boolean): void {
    const flight = this.flights.get(id);
    if (flight === undefined) return;
    flight.refused = true;
    this.sendWord(id, flight, outcome, answered);
  }

  /** The connection of an attempt is given up at an instant. */
  lost(id: number, at: number): void {
    const flight = this.flights.get(id);
    if (flight === undefined) return;
    flight.outcome = OUTCOME.cutByFailure;
    this.post(at, NEWS.heard, id);
  }

  /** Its balancer waits for an attempt no longer. */
  timedOut(id: number): void {
    const flight = this.flights.get(id);
    if (flight === undefined) return;
    this.judge(flight, OUTCOME.timedOut);
    if (flight.departure.serverStops) this.close(id, flight);
  }

  /** Nobody is interested in an attempt any more, and its server will stop. */
  abandoned(id: number): void {
    const flight = this.flights.get(id);
    if (flight !== undefined) this.close(id, flight);
  }

  private sendWord(id: number, flight: Flight, outcome: Outcome, answered: boolean): void {
    const { transmission } = this;
    const at = this.wordAt(flight.departure, answered);
    flight.outcome = transmission.givenUp ? OUTCOME.cutByFailure : outcome;
    this.post(at, NEWS.heard, id);
  }

  /** When word of an attempt is back that sets out now. An answer that is sent besides is the same message, and counted there. */
  private wordAt({ outside, way, ordinal, salt }: Departure, answered: boolean): number {
    const { transmission, clock } = this;
    transmission.givenUp = false;
    const leg = outside ? way.toBalancer : way.back;
    if (leg === null) return clock[0];
    const roundTrip = outside ? 0 : this.ways.roundTripMicros(way.link, ordinal, salt);
    const back = roundTrip - Math.floor(roundTrip / 2);
    const key = mixKeys(salt, LEG.back);
    return answered
      ? transmission.foresee(clock[0], back, leg, ordinal, key)
      : transmission.arrival(clock[0], back, leg, ordinal, key);
  }

  private post(at: number, phase: number, id: number): void {
    if (phase === NEWS.heard && at <= this.clock[0]) {
      this.hear(id);
      return;
    }
    this.news.push(at, phase, id);
    this.timed();
  }

  private hear(id: number): void {
    const flight = this.flights.get(id);
    if (flight === undefined) return;
    this.close(id, flight);
    this.judge(flight, flight.outcome);
  }

  private judge(flight: Flight, outcome: Outcome): void {
    const { departure, balancer, judged } = flight;
    if (!judged) departure.books.learned(balancer, departure.station, outcome);
    flight.judged = true;
  }

  private close(id: number, { departure: { books, station, retry }, balancer, refused }: Flight): void {
    this.flights.delete(id);
    books.over(id, balancer, station, retry, !refused);
  }
}

/** At one instant balancers hear what there is before they give up. */
const NEWS = { heard: 0, timedOut: 1 } as const;

/** Numbers begin anew after so many, when nothing of the first is under way any more. */
const MOST = 2 ** 30;
