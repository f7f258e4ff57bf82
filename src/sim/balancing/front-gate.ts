import type { KeyedRandom } from '../../kernel/random.js';
import { type AttemptGate, UNSEEN } from '../requests/attempt-gate.js';
import { OUTCOME, type Outcome } from '../requests/outcome.js';
import type { PlaneState } from '../requests/plane-state.js';
import { StepColumns } from '../requests/step-columns.js';
import { INSTANCE, RETRY } from '../requests/visits.js';
import type { AnswerLedger } from './answer-ledger.js';
import type { BalancerFleet } from './balancer-fleet.js';
import type { BalancerInstance } from './balancer-instance.js';

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
    const { fleet, perAttempt, plane, answers } = this.parts;
    answers?.boarded(visit, plane.board.clock[0]);
    plane.visits.ints[2 * visit + INSTANCE] = fleet.last;
    plane.visits.ints[2 * visit + RETRY] = retry ? 1 : 0;
    const instance = fleet.instances[fleet.last];
    instance.pass(retry, 1);
    if (perAttempt) instance.count(station, 1);
  }

  refused(station: number, outcome: Outcome): void {
    const { fleet } = this.parts;
    judge(fleet.instances[fleet.last], station, outcome);
  }

  left(visit: number, station: number, outcome: Outcome | typeof UNSEEN): void {
    const { perAttempt, plane, answers } = this.parts;
    answers?.left(visit, station, plane.board.clock[0]);
    const instance = this.instanceOf(visit);
    instance.pass(plane.visits.ints[2 * visit + RETRY] === 1, -1);
    if (perAttempt) instance.count(station, -1);
    if (outcome !== UNSEEN) judge(instance, station, outcome);
  }

  timedOut(visit: number, station: number): void {
    judge(this.instanceOf(visit), station, OUTCOME.timedOut);
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

  private instanceOf(visit: number): BalancerInstance {
    const { fleet, plane } = this.parts;
    return fleet.instances[plane.visits.ints[2 * visit + INSTANCE]];
  }
}

/** Whatever is no proper answer is held against the endpoint, also where a call of its own failed: the balancer sees an error either way. */
function judge({ detector }: BalancerInstance, station: number, outcome: Outcome): void {
  if (outcome === OUTCOME.served) detector?.succeeded(station);
  else detector?.failed(station);
}
