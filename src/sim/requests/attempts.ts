import { EventQueue } from '../../kernel/event-queue.js';
import { mixKeys } from '../../kernel/random.js';
import { attemptKey } from './attempt-key.js';
import { Boarding } from './boarding.js';
import { CALL_FIELDS, CALLER } from './calls.js';
import { FanOut } from './fan-out.js';
import { InTransit } from './in-transit.js';
import type { CallSite } from './operations.js';
import { OUTCOME, type Outcome } from './outcome.js';
import { isDirect, LISTENER, OUTSIDE, type PlaneState } from './plane-state.js';
import { runDeskTimer } from './run-desk-timer.js';
import { TimeoutLanes } from './timeout-lanes.js';
import { TIMER } from './timer-phase.js';
import type { SetTimer } from './user-crowd.js';
import { UserCrowds } from './user-crowds.js';
import { FIELDS } from './visits.js';

const { ATTEMPT, EPOCH, INTENDED_AT, PARENT, PATH, PRESENT, REQUEST, SIBLING, SITE } = CALL_FIELDS;

const { CALL, CPU, FIRST_CALL, HOP, INTENDED, OPERATION, ORDINAL, STATION } = FIELDS;

/**
 * The callers' side of the request path: attempts, time-outs and retries, and what the end of an attempt means to whoever waits.
 * Everything here happens at the board's present instant, all indexed stations having been settled.
 */
export class Attempts {
  readonly fanOut: FanOut;
  readonly boarding: Boarding;
  private readonly timers = new EventQueue();
  private readonly timeouts: TimeoutLanes;
  /** Null where messages take no time. */
  private readonly transit: InTransit | null;
  readonly crowds: UserCrowds;
  /** One cell: instant of the next time-out, end of patience, retry or turn of a user, or Infinity. */
  readonly due = Float64Array.of(Infinity);

  /** Sets a timer. */
  readonly setTimer: SetTimer = (at, phase, payload) => {
    this.timers.push(at, phase, payload);
    this.lookAhead();
  };

  constructor(private readonly plane: PlaneState) {
    this.timeouts = new TimeoutLanes(plane.calls);
    this.boarding = new Boarding(plane, this.timers, () => this.lookAhead());
    this.fanOut = new FanOut(plane, this.boarding, this);
    this.crowds = new UserCrowds(this.setTimer, (site, ordinal, hop) => {
      plane.recorder.offer();
      this.callFromOutside(site, ordinal, hop);
    });
    const ends = {
      delivered: (call: number, outcome: Outcome) => this.delivered(call, outcome),
      stop: (visit: number) => this.fanOut.stop(visit),
      timed: () => this.lookAhead(),
    };
    this.transit = plane.network === null ? null : new InTransit(plane, plane.network, this.boarding, ends);
  }

  /** Carries out what is due at the present instant, one thing. */
  runNext(): void {
    const { calls, visits, board } = this.plane;
    if (this.transit !== null && this.transit.nextTime <= board.now) {
      this.transit.runNext();
      return;
    }
    if (this.timeouts.due[0] <= board.now) {
      const call = this.timeouts.shift();
      this.lookAhead();
      if (call >= 0) this.timedOut(call);
      return;
    }
    const phase = this.timers.nextPhase;
    const token = this.timers.pop();
    this.lookAhead();
    if (runDeskTimer(this.plane, phase, token)) return;
    if (phase >= TIMER.population) this.crowds.turn(phase, token, board.now);
    else if (phase === TIMER.patience) this.patienceEnded(this.boarding.impatientVisit(token));
    else {
      const call = calls.callOf(token);
      if (call >= 0) this.attempt(call, this.plane.sites[visits.ints[2 * call + SITE]]);
    }
  }

  /** A request from outside whose client times out or retries. */
  callFromOutside(site: CallSite, ordinal: number, hop: number): void {
    const { calls, visits, board } = this.plane;
    const call = calls.begin(site.id, ordinal, hop, CALLER.outside);
    site.budget.deposit();
    visits.reals[call + INTENDED_AT] = board.clock[0];
    this.attempt(call, site);
  }

  /** A call from a visit that waits for the answer. */
  callFromVisit(site: CallSite, parent: number, ordinal: number, hop: number): void {
    const { calls, visits } = this.plane;
    const call = calls.begin(site.id, ordinal, hop, parent);
    site.budget.deposit();
    visits.ints[2 * call + SIBLING] = visits.ints[2 * parent + FIRST_CALL];
    visits.ints[2 * parent + FIRST_CALL] = call;
    this.attempt(call, site);
  }

  /** A request from outside whose client does nothing but wait. */
  visitFromOutside(site: CallSite, ordinal: number, hop: number, salt: number): void {
    const { visits, board } = this.plane;
    const visit = this.boarding.newVisit(site.operation, ordinal, hop);
    visits.ints[2 * visit + CALL] = LISTENER.direct;
    visits.reals[visit + INTENDED] = board.now;
    const refused = this.boarding.place(visit, site, ordinal, salt, OUTSIDE);
    if (refused === OUTCOME.served) return;
    visits.release(visit);
    this.directEnded(visit, refused);
  }

  /** A visit has been taken off without being served, or has failed: whoever listens is told. */
  visitFailed(visit: number, outcome: Outcome): void {
    const listener = this.plane.visits.ints[2 * visit + CALL];
    if (listener >= 0) this.ended(listener, outcome, this.plane.visits.ints[2 * visit + STATION]);
    else if (isDirect(listener)) this.directEnded(visit, outcome);
    else if (listener === LISTENER.job) this.plane.jobs?.failed(visit);
  }

  /** A visit that no call waits for has been served to the end: whoever listens is told. */
  visitServed(visit: number): void {
    const { visits, recorder } = this.plane;
    const listener = visits.ints[2 * visit + CALL];
    if (listener === LISTENER.direct) this.directEnded(visit, OUTCOME.served);
    else if (listener === LISTENER.job) this.plane.jobs?.served(visit);
    else recorder.waste(visits.reals[visit + CPU]);
  }

  /** A call's visit was served to the end. */
  answered(call: number, station: number): void {
    this.ended(call, OUTCOME.served, station);
  }

  /** The server of a visit stops working on it as soon as it learns that nobody waits for it any more. */
  letStop(visit: number): void {
    if (this.transit === null) this.fanOut.stop(visit);
    else this.transit.abandon(visit);
  }

  /** A call's visit has ended at its station; the caller hears of it at once, or when the answer has come. */
  private ended(call: number, outcome: Outcome, station: number): void {
    if (this.transit === null) this.delivered(call, outcome);
    else this.transit.reply(call, outcome, station);
  }

  private delivered(call: number, outcome: Outcome): void {
    if (outcome === OUTCOME.served) this.succeeded(call);
    else this.attemptFailed(call, outcome);
  }

  /** A loop, as the answer that a visit was waiting for makes it an answer to its own caller. */
  private succeeded(call: number): void {
    const { calls, visits, recorder, board, cold } = this.plane;
    let answered = call;
    for (;;) {
      const parent = visits.ints[2 * answered + PARENT];
      if (parent === CALLER.outside) {
        const kept = cold === null ? 0 : cold.keptByCall(answered);
        recorder.serve(visits.reals[answered + INTENDED_AT], board.clock[0], kept);
        this.clientTold(answered, OUTCOME.served);
      }
      if (parent >= 0) {
        if (cold !== null) cold.joins(answered, board.clock[0]);
        this.fanOut.unlink(answered, parent);
      }
      calls.release(answered);
      if (parent < 0) return;
      answered = this.fanOut.childServed(parent);
      if (answered < 0) return;
      if (this.transit !== null) {
        this.transit.reply(answered, OUTCOME.served, visits.ints[2 * parent + STATION]);
        return;
      }
    }
  }

  /** Everything on board of a station fails at once. */
  cutStation(station: number, outcome: Outcome): void {
    const { visits, stations, operations, recorder } = this.plane;
    for (const visit of stations[station].clear()) {
      const { tally, gate } = operations[visits.ints[2 * visit + OPERATION]];
      const seen = visits.ints[2 * visit + CALL] !== LISTENER.nobody;
      recorder.waste(visits.reals[visit + CPU]);
      tally.failed += 1;
      if (gate !== null) gate.left(visit, station, outcome, seen);
      this.fanOut.forsake(visit);
      visits.release(visit);
      this.visitFailed(visit, outcome);
    }
  }

  private attempt(call: number, site: CallSite): void {
    const { board, visits, recorder } = this.plane;
    const { timeoutMicros } = site;
    const ordinal = visits.reals[call + REQUEST];
    const hop = visits.ints[2 * call + PATH];
    const attempt = visits.ints[2 * call + ATTEMPT];
    const visit = this.boarding.newVisit(site.operation, ordinal, attemptKey(hop, attempt));
    const { reals, ints } = visits;
    const parent = ints[2 * call + PARENT];
    ints[2 * visit + CALL] = call;
    ints[2 * call + PRESENT] = visit;
    if (parent === CALLER.outside) recorder.attempt(reals[call + INTENDED_AT]);
    if (timeoutMicros !== Infinity && this.timeouts.push(timeoutMicros, board.clock[0], call)) this.lookAhead();
    if (this.transit !== null) {
      this.transit.send(call, visit, site);
      return;
    }
    const caller = parent < 0 ? OUTSIDE : ints[2 * parent + STATION];
    const refused = this.boarding.place(visit, site, ordinal, site.salts.of(hop, attempt), caller);
    if (refused === OUTCOME.served) return;
    visits.release(visit);
    this.attemptFailed(call, refused);
  }

  private timedOut(call: number): void {
    const { visits, sites, recorder } = this.plane;
    const visit = visits.ints[2 * call + PRESENT];
    const { operation, serverStops } = sites[visits.ints[2 * call + SITE]];
    if (this.transit !== null) this.transit.timedOut(call);
    else if (operation.gate !== null) operation.gate.timedOut(visit, visits.ints[2 * visit + STATION]);
    if (visit < 0) recorder.waste(this.transit?.wastedCpuMicros(call) ?? 0);
    else if (serverStops) this.letStop(visit);
    else visits.ints[2 * visit + CALL] = LISTENER.nobody;
    this.attemptFailed(call, OUTCOME.timedOut);
  }

  private patienceEnded(visit: number): void {
    if (visit < 0) return;
    this.boarding.withdraw(visit);
    this.visitFailed(visit, OUTCOME.gaveUp);
  }

  private attemptFailed(call: number, outcome: Outcome): void {
    const { visits, recorder, sites } = this.plane;
    const site = sites[visits.ints[2 * call + SITE]];
    visits.ints[2 * call + PRESENT] = -1;
    visits.ints[2 * call + EPOCH] += 1;
    if (visits.ints[2 * call + PARENT] === CALLER.outside) recorder.attemptFailed(visits.reals[call + INTENDED_AT]);
    if (visits.ints[2 * call + ATTEMPT] < site.retries && site.budget.spend()) this.backOff(call, site);
    else this.callFailed(call, outcome);
  }

  private backOff(call: number, site: CallSite): void {
    const { board, calls, visits, backoffRandom } = this.plane;
    visits.ints[2 * call + ATTEMPT] += 1;
    const attempt = visits.ints[2 * call + ATTEMPT];
    let backoff = Math.min(site.backoffFirstMicros * 2 ** (attempt - 1), site.backoffLastMicros);
    if (site.fullJitter)
      backoff *= backoffRandom.uniform(visits.reals[call + REQUEST], mixKeys(visits.ints[2 * call + PATH], attempt));
    this.setTimer(Math.round(board.now + backoff), TIMER.retry, calls.token(call));
  }

  private lookAhead(): void {
    const timed = Math.min(this.timeouts.due[0], this.timers.nextTime);
    this.due[0] = this.transit === null ? timed : Math.min(timed, this.transit.nextTime);
  }

  private callFailed(call: number, outcome: Outcome): void {
    const { visits, recorder } = this.plane;
    if (visits.ints[2 * call + PARENT] === CALLER.outside) recorder.fail(visits.reals[call + INTENDED_AT], outcome);
    this.callEnded(call, outcome);
  }

  private callEnded(call: number, outcome: Outcome): void {
    const { calls, visits } = this.plane;
    const parent = visits.ints[2 * call + PARENT];
    if (parent === CALLER.outside) this.clientTold(call, outcome);
    if (parent >= 0) this.fanOut.unlink(call, parent);
    calls.release(call);
    if (parent >= 0) this.fanOut.childEnded(parent, outcome);
  }

  /** A call from outside has ended: who observes and who asks again is told. */
  private clientTold(call: number, outcome: Outcome): void {
    const { board, visits, observer } = this.plane;
    observer?.(visits.ints[2 * call + PATH], visits.reals[call + REQUEST], outcome, board.now);
    this.crowds.ended(visits.ints[2 * call + SITE], visits.reals[call + REQUEST], board.now);
  }

  /** The visit of a client that does nothing but wait has ended; its columns are still as they were. */
  private directEnded(visit: number, outcome: Outcome): void {
    const { board, visits, recorder, observer, cold } = this.plane;
    const intendedAt = visits.reals[visit + INTENDED];
    if (outcome === OUTCOME.served) recorder.serve(intendedAt, board.now, cold?.keptBy(visit) ?? 0);
    else {
      recorder.attemptFailed(intendedAt);
      recorder.fail(intendedAt, outcome);
    }
    observer?.(visits.ints[2 * visit + HOP], visits.reals[visit + ORDINAL], outcome, board.now);
  }
}
