import type { EventQueue } from '../../kernel/event-queue.js';
import type { AttemptGate } from './attempt-gate.js';
import type { Front } from './front.js';
import { type AttemptKeys, GatedBoarding } from './gated-boarding.js';
import type { CallSite, Operation } from './operations.js';
import { offerWarming } from './offer-warming.js';
import { OUTCOME, type Outcome } from './outcome.js';
import type { PlaneState } from './plane-state.js';
import { TIMER } from './timer-phase.js';
import { FIELDS, VISIT } from './visits.js';

const { CPU, FIRST_CALL, HOP, LIFE, OPERATION, ORDINAL, STATE, STATION } = FIELDS;

/** Brings attempts on board of stations, and takes them off again before they are served. */
export class Boarding {
  /** How attempts pass gates. */
  readonly gated: GatedBoarding;

  constructor(
    private readonly plane: PlaneState,
    /** Where the ends of patience are entered: see `impatientVisit`. */
    private readonly timers: EventQueue,
    /** Must follow every entry. */
    private readonly timed: () => void,
  ) {
    this.gated = new GatedBoarding(plane);
  }

  /** Makes the visit of an attempt, with its demands. */
  newVisit(operation: Operation, ordinal: number, hop: number): number {
    const { visits } = this.plane;
    const visit = visits.take();
    const { reals, ints } = visits;
    ints[2 * visit + OPERATION] = operation.id;
    reals[visit + ORDINAL] = ordinal;
    ints[2 * visit + HOP] = hop;
    ints[2 * visit + FIRST_CALL] = -1;
    if (this.plane.cold !== null) this.plane.cold.begin(visit);
    operation.demands.draw(ordinal, hop, visits.reals, visit);
    return visit;
  }

  /** Finds a station and offers the visit to it: `served` means it is on board, anything else why not. */
  place(visit: number, site: CallSite, ordinal: number, salt: number, caller: number): Outcome {
    const { operation, chooser } = site;
    const front = this.plane.fronts[operation.front];
    operation.tally.offered += 1;
    if (operation.gate !== null) return this.placeGated(visit, site, operation.gate, { ordinal, salt, caller });
    const station = chooser.choose(ordinal, salt, caller);
    if (station < 0) return refuse(operation, front.refusal);
    return this.bring(visit, operation, station, ordinal, salt);
  }

  /** Offers the visit to a station that has been chosen. */
  bring(visit: number, operation: Operation, station: number, ordinal: number, salt: number): Outcome {
    const { board, fronts, visits, processes, stations } = this.plane;
    const front = fronts[operation.front];
    const speed = board.speed[station];
    if (speed === 0) return refuse(operation, processes[station]?.refusal ?? OUTCOME.rejected);
    if (speed !== 1) visits.reals[visit + CPU] /= speed;
    visits.ints[2 * visit + STATION] = station;
    if (front.lazy && board.nextAt[station] <= board.clock[0]) stations[station].settle();
    const aboard =
      front.warmUp === null ? stations[station].offer(visit) : offerWarming(this.plane, visit, station, front.warmUp);
    if (!aboard) return refuse(operation, OUTCOME.rejected);
    if (!front.lazy) this.enter(visit, station, front, ordinal, salt);
    return OUTCOME.served;
  }

  /** The same where its front has a gate. */
  bringGated(visit: number, site: CallSite, gate: AttemptGate, station: number, keys: AttemptKeys): Outcome {
    return this.enterGated(visit, site, this.gated.offer(visit, station, site, gate, keys), keys);
  }

  /** Counts an attempt that no station takes, and returns why. */
  refuse(operation: Operation, outcome: Outcome): Outcome {
    return refuse(operation, outcome);
  }

  /** The server lets go of a visit without finishing it; the work done is lost. */
  withdraw(visit: number): void {
    const { visits, stations, operations, recorder } = this.plane;
    const station = visits.ints[2 * visit + STATION];
    const { tally, gate } = operations[visits.ints[2 * visit + OPERATION]];
    stations[station].withdraw(visit);
    recorder.waste(visits.reals[visit + CPU]);
    if (gate !== null) gate.left(visit, station, OUTCOME.gaveUp, false);
    this.plane.stationChanged(station);
    tally.failed += 1;
    visits.release(visit);
  }

  /** The visit whose patience a timer ends, or -1 when it no longer waits. */
  impatientVisit(token: number): number {
    const { visits } = this.plane;
    const life = Math.floor(token / SLOTS);
    const visit = token - life * SLOTS;
    const waits = visits.reals[visit + LIFE] === life && visits.ints[2 * visit + STATE] === VISIT.waiting;
    return waits && this.plane.fronts[this.plane.operations[visits.ints[2 * visit + OPERATION]].front].timesPatience
      ? visit
      : -1;
  }

  private placeGated(visit: number, site: CallSite, gate: AttemptGate, keys: AttemptKeys): Outcome {
    return this.enterGated(visit, site, this.gated.place(visit, site, gate, keys), keys);
  }

  private enterGated(visit: number, site: CallSite, outcome: Outcome, keys: AttemptKeys): Outcome {
    if (outcome !== OUTCOME.served) return refuse(site.operation, outcome);
    const { fronts, visits } = this.plane;
    const station = visits.ints[2 * visit + STATION];
    this.enter(visit, station, fronts[site.operation.front], keys.ordinal, keys.salt);
    return outcome;
  }

  private enter(visit: number, station: number, front: Front, ordinal: number, salt: number): void {
    this.plane.stationChanged(station);
    if (!front.noticesBoarding) return;
    if (front.meter !== null) front.meter.boarded(visit);
    if (front.timesPatience && this.plane.visits.ints[2 * visit + STATE] === VISIT.waiting) {
      this.timePatience(visit, front.patience(ordinal, salt));
    }
  }

  private timePatience(visit: number, patience: number): void {
    const { board, visits } = this.plane;
    visits.reals[visit + LIFE] += 1;
    this.timers.push(Math.round(board.now + patience), TIMER.patience, visits.reals[visit + LIFE] * SLOTS + visit);
    this.timed();
  }
}

function refuse(operation: Operation, outcome: Outcome): Outcome {
  operation.tally.failed += 1;
  return outcome;
}

/** Handles stay below this, lives below 2^23. */
const SLOTS = 2 ** 30;
