import { mixKeys } from '../../kernel/random.js';
import type { Boarding } from './boarding.js';
import { CALL_FIELDS, CALLER } from './calls.js';
import type { CallSite } from './operations.js';
import { OUTCOME, type Outcome } from './outcome.js';
import { LISTENER, type PlaneState } from './plane-state.js';
import { FIELDS, VISIT } from './visits.js';

const { PARENT, PRESENT, SIBLING, SITE } = CALL_FIELDS;

const { BROKEN, CALL, FIRST_CALL, GROUP, HOP, OPERATION, ORDINAL, PENDING, STATE, STATION } = FIELDS;

/** What a fan-out asks of the callers' side. */
export interface Caller {
  callFromVisit(site: CallSite, parent: number, ordinal: number, hop: number): void;
  visitFailed(visit: number, outcome: Outcome): void;
  /** The server of a visit stops working on it as soon as it learns that nobody waits for it any more. */
  letStop(visit: number): void;
  visitServed(visit: number): void;
  /** A call's visit was served to the end, at a station. */
  answered(call: number, station: number): void;
}

/** The calls that visits make while they hold their worker: groups one after the other, the calls of a group at once. */
export class FanOut {
  constructor(
    private readonly plane: PlaneState,
    private readonly boarding: Boarding,
    private readonly caller: Caller,
  ) {}

  /** A visit's own work is done and calls follow: it makes the first ones. */
  begin(visit: number): void {
    const { visits, operations } = this.plane;
    visits.ints[2 * visit + GROUP] = -1;
    visits.ints[2 * visit + BROKEN] = 0;
    visits.ints[2 * visit + FIRST_CALL] = -1;
    const { only } = operations[visits.ints[2 * visit + OPERATION]];
    if (only === null) this.nextGroup(visit);
    else this.makeOnlyCall(visit, only);
  }

  /** A call of a visit has ended. A group is joined before a failure counts: the caller waits for the slowest. */
  childEnded(visit: number, outcome: Outcome): void {
    const { visits } = this.plane;
    visits.ints[2 * visit + PENDING] -= 1;
    if (outcome !== OUTCOME.served) visits.ints[2 * visit + BROKEN] = 1;
    if (visits.ints[2 * visit + PENDING] > 0) return;
    if (visits.ints[2 * visit + BROKEN] === 1) this.end(visit, OUTCOME.callFailed);
    else this.nextGroup(visit);
  }

  /** The same where the call was answered; returns the call that the visit itself answers thereby, if it has been served to the end, or -1. */
  childServed(visit: number): number {
    const { ints } = this.plane.visits;
    ints[2 * visit + PENDING] -= 1;
    if (ints[2 * visit + PENDING] > 0) return -1;
    if (ints[2 * visit + BROKEN] === 1) this.end(visit, OUTCOME.callFailed);
    else if (this.plane.operations[ints[2 * visit + OPERATION]].only === null) this.nextGroup(visit);
    else return this.finish(visit);
    return -1;
  }

  /** Takes a call out of the list of those its parent has out. */
  unlink(call: number, parent: number): void {
    const { visits } = this.plane;
    if (visits.ints[2 * parent + FIRST_CALL] === call) {
      visits.ints[2 * parent + FIRST_CALL] = visits.ints[2 * call + SIBLING];
      return;
    }
    let before = visits.ints[2 * parent + FIRST_CALL];
    while (visits.ints[2 * before + SIBLING] !== call) before = visits.ints[2 * before + SIBLING];
    visits.ints[2 * before + SIBLING] = visits.ints[2 * call + SIBLING];
  }

  /** The server of a visit stops working on it. */
  stop(visit: number): void {
    this.forsake(visit);
    this.boarding.withdraw(visit);
  }

  /** Nobody waits any more for the calls that a visit has out: servers that notice stop, retries are not made. */
  forsake(visit: number): void {
    const { calls, visits, sites } = this.plane;
    if (visits.ints[2 * visit + STATE] !== VISIT.holding) return;
    let call = visits.ints[2 * visit + FIRST_CALL];
    visits.ints[2 * visit + FIRST_CALL] = -1;
    while (call >= 0) {
      const next = visits.ints[2 * call + SIBLING];
      const child = visits.ints[2 * call + PRESENT];
      visits.ints[2 * call + PARENT] = CALLER.nobody;
      if (child >= 0 && !sites[visits.ints[2 * call + SITE]].serverStops)
        visits.ints[2 * child + CALL] = LISTENER.nobody;
      else if (child >= 0) this.caller.letStop(child);
      calls.release(call);
      call = next;
    }
  }

  /** The same as `nextGroup` where there is nothing to decide. */
  private makeOnlyCall(visit: number, only: CallSite): void {
    const { reals, ints } = this.plane.visits;
    ints[2 * visit + GROUP] = 0;
    ints[2 * visit + PENDING] = 1;
    const path = only.paths.of(ints[2 * visit + HOP], only.place);
    this.caller.callFromVisit(only, visit, reals[visit + ORDINAL], path);
  }

  private nextGroup(visit: number): void {
    const { visits, operations } = this.plane;
    const { groups } = operations[visits.ints[2 * visit + OPERATION]];
    for (let group = visits.ints[2 * visit + GROUP] + 1; group < groups.length; group += 1) {
      const made = this.madeOf(visit, groups[group]);
      if (made.length === 0) continue;
      visits.ints[2 * visit + GROUP] = group;
      this.makeCalls(visit, made);
      return;
    }
    this.end(visit, OUTCOME.served);
  }

  /** The calls of a group that are made: each is decided once, since asking a cache warms it, and a queue publishes. */
  private madeOf(visit: number, group: readonly CallSite[]): readonly CallSite[] {
    for (const { certain } of group) if (!certain) return group.filter((site) => this.isMade(visit, site));
    return group;
  }

  private isMade(visit: number, { probability, shortcut, place }: CallSite): boolean {
    const { visits, callRandom } = this.plane;
    const ordinal = visits.reals[visit + ORDINAL];
    const key = mixKeys(visits.ints[2 * visit + HOP], place);
    if (probability < 1 && callRandom.uniform(ordinal, key) >= probability) return false;
    return shortcut?.spares(visits.ints[2 * visit + STATION], ordinal, key) !== true;
  }

  /** The visit's own slot must not be read once the last call has been made: a call refused at once may have ended it. */
  private makeCalls(visit: number, made: readonly CallSite[]): void {
    const { visits } = this.plane;
    const ordinal = visits.reals[visit + ORDINAL];
    const hop = visits.ints[2 * visit + HOP];
    visits.ints[2 * visit + PENDING] = made.length;
    for (const site of made) this.caller.callFromVisit(site, visit, ordinal, site.paths.of(hop, site.place));
  }

  /** A visit that held its worker for calls is through, one way or the other. */
  private end(visit: number, outcome: Outcome): void {
    const { visits, operations } = this.plane;
    if (outcome === OUTCOME.served) {
      const answered = this.finish(visit);
      if (answered >= 0) this.caller.answered(answered, visits.ints[2 * visit + STATION]);
      return;
    }
    const { tally } = operations[visits.ints[2 * visit + OPERATION]];
    tally.failed += 1;
    tally.spoiled += 1;
    this.leave(visit, outcome);
    this.caller.visitFailed(visit, outcome);
  }

  /** A visit has been served to the end; returns the call that it answers, or -1 where no call waits, whoever listens having been told. */
  private finish(visit: number): number {
    this.leave(visit, OUTCOME.served);
    const listener = this.plane.visits.ints[2 * visit + CALL];
    if (listener < 0) this.caller.visitServed(visit);
    else this.plane.cold?.answers(visit, listener);
    return listener;
  }

  private leave(visit: number, outcome: Outcome): void {
    const { visits, stations, operations } = this.plane;
    const { ints } = visits;
    const station = ints[2 * visit + STATION];
    const { ends } = operations[ints[2 * visit + OPERATION]];
    stations[station].letGo(visit);
    if (this.plane.cold !== null) this.plane.cold.letsGo(visit, this.plane.board.now);
    if (ends !== null) ends.ended(visit, station, outcome, ints[2 * visit + CALL] !== LISTENER.nobody);
    this.plane.stationChanged(station);
    visits.release(visit);
  }
}
