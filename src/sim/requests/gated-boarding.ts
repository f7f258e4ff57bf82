import { CALL_FIELDS } from './calls.js';
import { mixKeys } from '../../kernel/random.js';
import type { AttemptGate } from './attempt-gate.js';
import type { CallSite } from './operations.js';
import { offerWarming } from './offer-warming.js';
import { OUTCOME, type Outcome } from './outcome.js';
import type { PlaneState } from './plane-state.js';
import { CALL, CPU, STATION } from './visits.js';

const { ATTEMPT } = CALL_FIELDS;

/** What the choice for an attempt is keyed by, and the station that calls. */
export interface AttemptKeys {
  readonly ordinal: number;
  readonly salt: number;
  readonly caller: number;
}

/** Brings attempts on board through a gate. */
export class GatedBoarding {
  /** Stations tried by the calls of clients who retry elsewhere, by the call's slot; a slot's list begins anew with its next first attempt. */
  private readonly tried = new Map<number, number[]>();

  constructor(private readonly plane: PlaneState) {}

  /** Finds a station and offers the visit to it: `served` means it is on board, anything else why not. */
  place(visit: number, site: CallSite, gate: AttemptGate, keys: AttemptKeys): Outcome {
    const { visits } = this.plane;
    const call = visits.ints[2 * visit + CALL];
    const retry = call >= 0 && visits.ints[2 * call + ATTEMPT] > 0;
    const station = this.choose(call, site, gate, keys, retry);
    if (station < 0) return gate.refusal;
    const outcome = this.offer(visit, station, site, gate, keys);
    if (outcome === OUTCOME.served) gate.boarded(visit, station, retry);
    else gate.refused(station, outcome);
    return outcome;
  }

  /** Finds a station for an attempt of a call, or for one that nobody waits for below 0; -1 where there is none. */
  choose(call: number, site: CallSite, gate: AttemptGate, keys: AttemptKeys, retry: boolean): number {
    gate.expect(retry);
    return this.find(call, site, gate, keys);
  }

  /** Nothing has been tried yet by a call that begins. */
  begin(call: number): void {
    const known = this.tried.get(call);
    if (known !== undefined) known.length = 0;
  }

  /** Offers the visit to a station that has been chosen: `served` means it is on board, anything else why not. */
  offer(visit: number, station: number, site: CallSite, gate: AttemptGate, keys: AttemptKeys): Outcome {
    const { board, fronts, processes, visits } = this.plane;
    const speed = board.speed[station];
    if (speed === 0) return processes[station]?.refusal ?? OUTCOME.rejected;
    const refusal = gate.refusalAt(station, keys.ordinal, keys.salt);
    if (refusal === OUTCOME.errored) site.operation.meter?.erred(station);
    if (refusal !== OUTCOME.served) return refusal;
    if (speed !== 1) visits.reals[visit + CPU] /= speed;
    visits.ints[2 * visit + STATION] = station;
    const { warmUp } = fronts[site.operation.front];
    return offerWarming(this.plane, visit, station, warmUp) ? OUTCOME.served : OUTCOME.rejected;
  }

  private find(
    call: number,
    { chooser, elsewhere }: CallSite,
    gate: AttemptGate,
    { ordinal, salt, caller }: AttemptKeys,
  ): number {
    let station = chooser.choose(ordinal, salt, caller);
    if (!elsewhere || call < 0) return station;
    const tried = this.triedBy(call);
    if (station < 0) return station;
    for (let i = 0; i < gate.rePicks && tried.includes(station); i += 1) {
      station = gate.again(ordinal, mixKeys(salt, RE_PICK + i), caller);
    }
    tried.push(station);
    return station;
  }

  private triedBy(call: number): number[] {
    const known = this.tried.get(call);
    if (known === undefined) {
      const fresh: number[] = [];
      this.tried.set(call, fresh);
      return fresh;
    }
    if (this.plane.visits.ints[2 * call + ATTEMPT] === 0) known.length = 0;
    return known;
  }
}

/** Salt of a choice that is made again. */
const RE_PICK = 0x05000000;
