import { EventQueue } from '../../kernel/event-queue.js';
import { Lane } from '../../kernel/lane.js';
import { mixKeys } from '../../kernel/random.js';
import { CALLER } from './calls.js';
import type { CallSite, Operation } from './operations.js';
import { OUTCOME, type Outcome } from './outcome.js';
import { LISTENER, type PlaneState } from './plane-state.js';
import type { Station } from './station.js';
import { VISIT } from './visits.js';

/** At one instant time-outs come before impatience, and both before retries. */
const PHASE = { patience: 1, retry: 2 } as const;

/**
 * The callers' side of the request path: attempts, time-outs, retries, calls to other workloads and dependencies, and what a failure means
 * to whoever waits. Everything here happens at an instant `at` up to which all indexed stations have been settled.
 */
export class Attempts {
  private readonly events = new EventQueue();
  /** One lane for each length of time-out: time-outs of one length are due in the order they were set. */
  private readonly timeouts = new Map<number, Lane>();
  private readonly lanes: Lane[] = [];

  constructor(private readonly plane: PlaneState) {}

  /** Instant of the next time-out, end of patience or retry, or Infinity. */
  get nextTime(): number {
    let next = this.events.nextTime;
    for (const lane of this.lanes) if (lane.nextTime < next) next = lane.nextTime;
    return next;
  }

  /** Carries out what is due at `nextTime`. */
  runNext(at: number): void {
    for (const lane of this.lanes) {
      if (lane.nextTime !== at) continue;
      const token = lane.shift();
      if (this.plane.calls.isCurrent(token)) this.timedOut(this.plane.calls.slotOf(token), at);
      return;
    }
    const phase = this.events.nextPhase;
    const token = this.events.pop();
    if (phase === PHASE.patience) this.patienceEnded(token, at);
    else if (this.plane.calls.isCurrent(token)) this.attempt(this.plane.calls.slotOf(token), at);
  }

  /** A request from outside whose client times out or retries. */
  callFromOutside(site: CallSite, ordinal: number, hop: number, at: number): void {
    const call = this.newCall(site, ordinal, hop, CALLER.outside);
    this.plane.calls.intendedAt[call] = at;
    this.attempt(call, at);
  }

  /** A request from outside whose client does nothing but wait. */
  visitFromOutside(operation: Operation, ordinal: number, hop: number, salt: number, at: number): void {
    const { visits, recorder } = this.plane;
    const visit = this.newVisit(operation, ordinal, hop);
    visits.call[visit] = LISTENER.direct;
    visits.intendedAt[visit] = at;
    recorder.attempt(at);
    const refused = this.place(visit, operation, ordinal, salt, at);
    if (refused === OUTCOME.served) return;
    visits.release(visit);
    this.rootVisitFailed(at, hop, ordinal, refused, at);
  }

  /** A visit's own work is done and calls follow: it makes the first ones. */
  beginCalls(visit: number, at: number): void {
    this.plane.visits.group[visit] = -1;
    this.plane.visits.broken[visit] = 0;
    this.plane.visits.firstCall[visit] = -1;
    this.nextGroup(visit, at);
  }

  /** A call's visit was served to the end. */
  answered(call: number, station: number, at: number): void {
    const { calls, recorder } = this.plane;
    if (calls.parent[call] === CALLER.outside) {
      recorder.attemptEnded(calls.intendedAt[call], true);
      recorder.serve(calls.intendedAt[call], at, station);
    }
    this.callEnded(call, OUTCOME.served, at);
  }

  /** Everything on board of a station fails at once. */
  cutStation(station: Station, outcome: Outcome, at: number): void {
    const { visits, fronts, operations } = this.plane;
    for (const visit of station.clear(at)) {
      const listener = visits.call[visit];
      fronts[operations[visits.operation[visit]].front].tally.failed += 1;
      this.forsakeCalls(visit, at);
      visits.release(visit);
      if (listener === LISTENER.direct) {
        this.rootVisitFailed(visits.intendedAt[visit], visits.hop[visit], visits.ordinal[visit], outcome, at);
      } else if (listener >= 0) this.attemptFailed(listener, outcome, at);
    }
  }

  private newCall(site: CallSite, ordinal: number, hop: number, parent: number): number {
    const { calls } = this.plane;
    const call = calls.take();
    calls.site[call] = site.id;
    calls.ordinal[call] = ordinal;
    calls.hop[call] = hop;
    calls.parent[call] = parent;
    calls.attempt[call] = 0;
    calls.visit[call] = -1;
    calls.sibling[call] = -1;
    site.budget.deposit();
    return call;
  }

  private newVisit(operation: Operation, ordinal: number, hop: number): number {
    const { visits } = this.plane;
    const visit = visits.take();
    visits.operation[visit] = operation.id;
    visits.ordinal[visit] = ordinal;
    visits.hop[visit] = hop;
    visits.cpu[visit] = operation.cpu.sample(operation.cpu.random, ordinal, hop);
    visits.wait[visit] = operation.wait === null ? 0 : operation.wait.sample(operation.wait.random, ordinal, hop);
    visits.firstCall[visit] = -1;
    return visit;
  }

  private attempt(call: number, at: number): void {
    const { calls, visits, recorder, sites } = this.plane;
    const site = sites[calls.site[call]];
    const ordinal = calls.ordinal[call];
    const visit = this.newVisit(site.operation, ordinal, calls.hop[call]);
    visits.call[visit] = call;
    calls.visit[call] = visit;
    if (calls.parent[call] === CALLER.outside) recorder.attempt(calls.intendedAt[call]);
    if (site.timeoutMicros !== Infinity) this.lane(site.timeoutMicros).push(at + site.timeoutMicros, calls.token(call));
    const salt = mixKeys(calls.hop[call], calls.attempt[call]);
    const refused = this.place(visit, site.operation, ordinal, salt, at);
    if (refused === OUTCOME.served) return;
    visits.release(visit);
    this.attemptFailed(call, refused, at);
  }

  /** Finds a station and offers the visit to it; `served` means it is on board, anything else why not. */
  private place(visit: number, operation: Operation, ordinal: number, salt: number, at: number): Outcome {
    const { fronts, visits, processes } = this.plane;
    const front = fronts[operation.front];
    front.tally.offered += 1;
    const station = front.choose(at, ordinal, salt);
    if (station === null) return this.refuse(operation, front.refusal);
    const process = processes[station.index];
    if (process !== null) {
      if (!process.listening) return this.refuse(operation, process.refusal);
      if (process.speed !== 1) visits.cpu[visit] /= process.speed;
    }
    visits.station[visit] = station.index;
    if (front.lazy && station.nextAt <= at) station.settle(at);
    if (!station.offer(visit, at)) return this.refuse(operation, OUTCOME.rejected);
    if (!front.lazy) this.onBoard(visit, station, ordinal, salt, at);
    return OUTCOME.served;
  }

  private refuse(operation: Operation, outcome: Outcome): Outcome {
    this.plane.fronts[operation.front].tally.failed += 1;
    return outcome;
  }

  private onBoard(visit: number, station: Station, ordinal: number, salt: number, at: number): void {
    const { visits, fronts, operations } = this.plane;
    this.stationChanged(station);
    if (visits.state[visit] !== VISIT.waiting) return;
    const patience = fronts[operations[visits.operation[visit]].front].patience(ordinal, salt);
    if (patience === Infinity) return;
    this.events.push(Math.round(at + patience), PHASE.patience, visits.life[visit] * SLOTS + visit);
  }

  private stationChanged(station: Station): void {
    this.plane.index.update(station);
    this.plane.frontOf[station.index].loadChanged(station);
  }

  private timedOut(call: number, at: number): void {
    const { calls, visits, sites } = this.plane;
    const visit = calls.visit[call];
    if (sites[calls.site[call]].serverStops) this.withdraw(visit, at);
    else visits.call[visit] = LISTENER.nobody;
    this.attemptFailed(call, OUTCOME.timedOut, at);
  }

  private patienceEnded(token: number, at: number): void {
    const { visits } = this.plane;
    const life = Math.floor(token / SLOTS);
    const visit = token - life * SLOTS;
    if (visits.life[visit] !== life || visits.state[visit] !== VISIT.waiting) return;
    const listener = visits.call[visit];
    const { intendedAt, hop, ordinal } = visits;
    this.withdraw(visit, at);
    if (listener === LISTENER.direct) {
      this.rootVisitFailed(intendedAt[visit], hop[visit], ordinal[visit], OUTCOME.gaveUp, at);
    } else if (listener >= 0) this.attemptFailed(listener, OUTCOME.gaveUp, at);
  }

  /** The server lets go of a visit without finishing it. */
  private withdraw(visit: number, at: number): void {
    const { visits, stations, fronts, operations, recorder } = this.plane;
    const station = stations[visits.station[visit]];
    this.forsakeCalls(visit, at);
    const before = visits.state[visit];
    const spent = before === VISIT.waiting ? 0 : Math.min(visits.cpu[visit], at - visits.startedAt[visit]);
    station.withdraw(visit, at);
    recorder.waste(spent);
    this.stationChanged(station);
    fronts[operations[visits.operation[visit]].front].tally.failed += 1;
    visits.release(visit);
  }

  /** Nobody waits any more for the calls that a visit has out: servers that notice stop, retries are not made. */
  private forsakeCalls(visit: number, at: number): void {
    const { calls, visits, sites } = this.plane;
    if (visits.state[visit] !== VISIT.holding) return;
    let call = visits.firstCall[visit];
    visits.firstCall[visit] = -1;
    while (call >= 0) {
      const next = calls.sibling[call];
      const child = calls.visit[call];
      calls.parent[call] = CALLER.nobody;
      if (child >= 0 && !sites[calls.site[call]].serverStops) visits.call[child] = LISTENER.nobody;
      else if (child >= 0) this.withdraw(child, at);
      calls.release(call);
      call = next;
    }
  }

  private attemptFailed(call: number, outcome: Outcome, at: number): void {
    const { calls, recorder, sites, backoffRandom } = this.plane;
    const site = sites[calls.site[call]];
    calls.visit[call] = -1;
    calls.epoch[call] += 1;
    if (calls.parent[call] === CALLER.outside) recorder.attemptEnded(calls.intendedAt[call], false);
    if (calls.attempt[call] >= site.retries || !site.budget.spend()) {
      this.callFailed(call, outcome, at);
      return;
    }
    calls.attempt[call] += 1;
    const attempt = calls.attempt[call];
    let backoff = Math.min(site.backoffFirstMicros * 2 ** (attempt - 1), site.backoffLastMicros);
    if (site.fullJitter) backoff *= backoffRandom.uniform(calls.ordinal[call], mixKeys(calls.hop[call], attempt));
    this.events.push(Math.round(at + backoff), PHASE.retry, calls.token(call));
  }

  private callFailed(call: number, outcome: Outcome, at: number): void {
    const { calls, recorder } = this.plane;
    if (calls.parent[call] === CALLER.outside) recorder.fail(calls.intendedAt[call], outcome);
    this.callEnded(call, outcome, at);
  }

  private callEnded(call: number, outcome: Outcome, at: number): void {
    const { calls, observer } = this.plane;
    const parent = calls.parent[call];
    if (parent === CALLER.outside) observer?.(calls.hop[call], calls.ordinal[call], outcome, at);
    if (parent >= 0) this.unlink(call, parent);
    calls.release(call);
    if (parent >= 0) this.childEnded(parent, outcome, at);
  }

  private unlink(call: number, parent: number): void {
    const { calls, visits } = this.plane;
    const first = visits.firstCall[parent];
    if (first === call) {
      visits.firstCall[parent] = calls.sibling[call];
      return;
    }
    let before = first;
    while (calls.sibling[before] !== call) before = calls.sibling[before];
    calls.sibling[before] = calls.sibling[call];
  }

  /** A group is joined before its failure counts: the caller waits for the slowest. */
  private childEnded(visit: number, outcome: Outcome, at: number): void {
    const { visits } = this.plane;
    visits.pending[visit] -= 1;
    if (outcome !== OUTCOME.served) visits.broken[visit] = 1;
    if (visits.pending[visit] > 0) return;
    if (visits.broken[visit] === 1) this.visitEnded(visit, OUTCOME.callFailed, at);
    else this.nextGroup(visit, at);
  }

  private nextGroup(visit: number, at: number): void {
    const { visits, operations } = this.plane;
    const { groups } = operations[visits.operation[visit]];
    let group = visits.group[visit];
    let made = 0;
    do {
      group += 1;
      made = group < groups.length ? this.countCalls(visit, groups[group]) : -1;
    } while (made === 0);
    visits.group[visit] = group;
    if (made < 0) this.visitEnded(visit, OUTCOME.served, at);
    else this.makeCalls(visit, groups[group], made, at);
  }

  private countCalls(visit: number, group: readonly CallSite[]): number {
    let count = 0;
    for (const site of group) if (this.isMade(visit, site)) count += 1;
    return count;
  }

  private isMade(visit: number, site: CallSite): boolean {
    if (site.probability >= 1) return true;
    const { visits, callRandom } = this.plane;
    return callRandom.uniform(visits.ordinal[visit], mixKeys(visits.hop[visit], site.place)) < site.probability;
  }

  /** The visit's own slot must not be read once the last call has been made: a call refused at once may have ended it. */
  private makeCalls(visit: number, group: readonly CallSite[], count: number, at: number): void {
    const { visits, calls } = this.plane;
    const ordinal = visits.ordinal[visit];
    const hop = visits.hop[visit];
    visits.pending[visit] = count;
    let left = count;
    for (let i = 0; left > 0; i += 1) {
      if (!this.isMade(visit, group[i])) continue;
      left -= 1;
      const call = this.newCall(group[i], ordinal, mixKeys(hop, group[i].place), visit);
      calls.sibling[call] = visits.firstCall[visit];
      visits.firstCall[visit] = call;
      this.attempt(call, at);
    }
  }

  /** A visit that held its worker for calls is through, one way or the other. */
  private visitEnded(visit: number, outcome: Outcome, at: number): void {
    const { visits, stations, fronts, operations, recorder } = this.plane;
    const station = stations[visits.station[visit]];
    const { tally, countsCpu } = fronts[operations[visits.operation[visit]].front];
    if (outcome === OUTCOME.served) tally.serve(countsCpu ? visits.cpu[visit] : at - visits.startedAt[visit]);
    else tally.failed += 1;
    const listener = visits.call[visit];
    const intendedAt = visits.intendedAt[visit];
    if (listener === LISTENER.nobody) recorder.waste(visits.cpu[visit]);
    station.letGo(visit, at);
    this.stationChanged(station);
    visits.release(visit);
    if (listener === LISTENER.direct) {
      this.rootVisitEnded(visit, intendedAt, outcome, at);
    } else if (listener >= 0 && outcome === OUTCOME.served) this.answered(listener, station.index, at);
    else if (listener >= 0) this.attemptFailed(listener, outcome, at);
  }

  private rootVisitEnded(visit: number, intendedAt: number, outcome: Outcome, at: number): void {
    const { visits, recorder, observer } = this.plane;
    if (outcome !== OUTCOME.served) {
      this.rootVisitFailed(intendedAt, visits.hop[visit], visits.ordinal[visit], outcome, at);
      return;
    }
    recorder.attemptEnded(intendedAt, true);
    recorder.serve(intendedAt, at, visits.station[visit]);
    observer?.(visits.hop[visit], visits.ordinal[visit], outcome, at);
  }

  private rootVisitFailed(intendedAt: number, hop: number, ordinal: number, outcome: Outcome, at: number): void {
    this.plane.recorder.attemptEnded(intendedAt, false);
    this.plane.recorder.fail(intendedAt, outcome);
    this.plane.observer?.(hop, ordinal, outcome, at);
  }

  private lane(micros: number): Lane {
    let lane = this.timeouts.get(micros);
    if (lane === undefined) {
      lane = new Lane();
      this.timeouts.set(micros, lane);
      this.lanes.push(lane);
    }
    return lane;
  }
}

const SLOTS = 2 ** 26;
