import type { KeyedRandom } from '../../kernel/random.js';
import type { Flights } from '../network/flights.js';
import type { AttemptGate } from '../requests/attempt-gate.js';
import { OUTCOME, type Outcome } from '../requests/outcome.js';
import type { PlaneState } from '../requests/plane-state.js';
import { StepColumns } from '../requests/step-columns.js';
import { CALL, INSTANCE, RETRY } from '../requests/visits.js';
import type { AnswerLedger } from './answer-ledger.js';
import type { BalancerFleet } from './balancer-fleet.js';

/** What a front's gate is made from. */
export interface FrontGateParts {
  readonly fleet: BalancerFleet;
  /** Whether the fleet chooses for every attempt, and not once for every connection. */
  readonly perAttempt: boolean;
  /** How long the head of a pod's queue may have been waiting; null for ever. */
  readonly maxQueueDelayMicros: number | null;
  /** Says which requests a pod answers with an error. */
  readonly errors: KeyedRandom;
  /** What is counted of each pod; null where nobody needs to know. */
  readonly answers: AnswerLedger | null;
  /** Attempts that balancers have in flight over a network; null where messages take no time. */
  readonly flights: Flights | null;
  readonly plane: Pick<PlaneState, 'board' | 'stations' | 'processes' | 'visits'>;
}

/** How often a retry may be sent through the choice again to avoid endpoints tried before. Source: Envoy's host_selection_retry_max_attempts, as in the example of its documentation. */
export const RE_PICKS = 3;

/** Keeps a workload's balancers informed of what becomes of attempts, and refuses for its pods. */
export class FrontGate implements AttemptGate {
  /** `ejected` is an average over the balancers at the end of the step, the rest counts attempts in it. */
  readonly columns = new StepColumns(['ejected', 'ejections', 'circuitOpen', 'shed', 'errored']);
  readonly rePicks: number;
  private readonly counted = { circuitOpen: 0, shed: 0, errored: 0 };
  private ejectionsBefore = 0;

  constructor(private readonly parts: FrontGateParts) {
    this.rePicks = parts.perAttempt ? RE_PICKS : 0;
  }

  get refusal(): Outcome {
    if (!this.parts.fleet.open) return OUTCOME.rejected;
    this.counted.circuitOpen += 1;
    return OUTCOME.circuitOpen;
  }

  expect(retry: boolean): void {
    this.parts.fleet.retrying = retry;
  }

  again(ordinal: number, salt: number, caller: number): number {
    return this.parts.fleet.again(ordinal, salt, caller);
  }

  refusalAt(station: number, ordinal: number, salt: number): Outcome {
    const { plane, errors, maxQueueDelayMicros } = this.parts;
    const share = plane.processes[station]?.errorShare ?? 0;
    if (share > 0 && errors.uniform(ordinal, salt) < share) {
      this.counted.errored += 1;
      return OUTCOME.errored;
    }
    if (maxQueueDelayMicros === null) return OUTCOME.served;
    if (plane.board.clock[0] - plane.stations[station].waitingSince <= maxQueueDelayMicros) return OUTCOME.served;
    this.counted.shed += 1;
    return OUTCOME.shed;
  }

  boarded(visit: number, station: number, retry: boolean): void {
    const { ints } = this.parts.plane.visits;
    ints[2 * visit + INSTANCE] = this.sent(visit, station, retry);
    ints[2 * visit + RETRY] = retry ? 1 : 0;
  }

  refused(station: number, outcome: Outcome): void {
    this.learned(this.parts.fleet.last, station, outcome);
  }

  left(visit: number, station: number, outcome: Outcome, seen: boolean): void {
    const { plane, flights } = this.parts;
    const { ints } = plane.visits;
    const balancer = ints[2 * visit + INSTANCE];
    if (flights !== null) {
      flights.ended(balancer, outcome, seen, ints[2 * visit + CALL] >= 0);
      return;
    }
    this.over(visit, balancer, station, ints[2 * visit + RETRY] === 1, true);
    if (seen) this.learned(balancer, station, outcome);
  }

  timedOut(visit: number, station: number): void {
    this.learned(this.parts.plane.visits.ints[2 * visit + INSTANCE], station, OUTCOME.timedOut);
  }

  sent(key: number, station: number, retry: boolean): number {
    const { fleet, perAttempt, plane, answers } = this.parts;
    answers?.boarded(key, plane.board.clock[0]);
    const instance = fleet.instances[fleet.last];
    instance.pass(retry, 1);
    if (perAttempt) instance.count(station, 1);
    return fleet.last;
  }

  over(key: number, balancer: number, station: number, retry: boolean, counts: boolean): void {
    const { fleet, perAttempt, plane, answers } = this.parts;
    if (counts) answers?.left(key, station, plane.board.clock[0]);
    else answers?.forget(key);
    const instance = fleet.instances[balancer];
    instance.pass(retry, -1);
    if (perAttempt) instance.count(station, -1);
  }

  /** Whatever is no proper answer is held against the endpoint, also where a call of its own failed: the balancer sees an error either way. */
  learned(balancer: number, station: number, outcome: Outcome): void {
    const { detector } = this.parts.fleet.instances[balancer];
    if (outcome === OUTCOME.served) detector?.succeeded(station);
    else detector?.failed(station);
  }

  closeStep(): void {
    const { instances } = this.parts.fleet;
    const ejected = instances.reduce((sum, { detector }) => sum + (detector?.ejected ?? 0), 0);
    const ejections = instances.reduce((sum, { detector }) => sum + (detector?.ejections ?? 0), 0);
    const { circuitOpen, shed, errored } = this.counted;
    this.columns.append([ejected / instances.length, ejections - this.ejectionsBefore, circuitOpen, shed, errored]);
    this.ejectionsBefore = ejections;
    Object.assign(this.counted, { circuitOpen: 0, shed: 0, errored: 0 });
  }
}
