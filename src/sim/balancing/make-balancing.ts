import type { BalanceSettings } from '../../domain/balance/balance-settings.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import type { Streams } from '../../kernel/streams.js';
import { ConnectionLedger } from '../connections/connection-ledger.js';
import { PreferZone } from '../network/prefer-zone.js';
import type { StationPlaces } from '../network/station-places.js';
import type { AttemptGate } from '../requests/attempt-gate.js';
import { makeBalancer } from '../requests/balancer.js';
import type { Balancer } from '../requests/balancer-port.js';
import type { FcfsBank } from '../requests/fcfs-bank.js';
import type { PlaneState } from '../requests/plane-state.js';
import { StationBoard } from '../requests/station-board.js';
import { AnswerLedger } from './answer-ledger.js';
import { BalancerFleet } from './balancer-fleet.js';
import { BalancerInstance } from './balancer-instance.js';
import { FrontGate, type FrontGateParts } from './front-gate.js';
import { OutlierDetector } from './outlier-detector.js';
import { RevisionTally } from './revision-tally.js';
import { SlowStart } from './slow-start.js';

/** What stands in front of the pods of a workload. */
export interface Balancing {
  readonly balancer: Balancer;
  /** What passes over connections, where the balancer chooses once for each; otherwise null. */
  readonly ledger: ConnectionLedger | null;
  /** Null where nothing is done beyond choosing. */
  readonly gate: AttemptGate | null;
  /** What balancers count for themselves: a station must be entered in each. */
  readonly boards: readonly StationBoard[];
  /** What is counted of each pod; null where nobody needs to know. */
  readonly answers: AnswerLedger | null;
  /** Choices by revision; null where there is one. */
  readonly tally: RevisionTally | null;
  /** Sets slow start and outlier ejection anew, where they are commanded. */
  readonly set: (settings: BalanceSettings) => void;
}

/** What balancing is made from. */
export interface BalancingParts {
  readonly plane: PlaneState;
  readonly streams: Streams;
  readonly places: StationPlaces;
  /** Whether the stations are settled only when somebody looks. */
  readonly lazy: boolean;
  /** Where they are kept, if they serve first come first served. */
  readonly bank: FcfsBank | null;
  /** Whether attempts must go through a gate. */
  readonly gated: boolean;
}

/** Builds what a workload's specification says, and no more: one balancer that does nothing but choose is the balancer itself. */
export function makeBalancing(spec: WorkloadSpec, parts: BalancingParts): Balancing {
  const { plane, streams, gated } = parts;
  const { instances = 1, per } = spec.balancer;
  const perAttempt = per !== 'connection';
  const own = countsForItself(spec, parts);
  const boards = Array.from({ length: own ? instances : 0 }, () => new StationBoard());
  const fleet = new BalancerFleet(
    Array.from({ length: instances }, (_, i) => instance(spec, parts, own ? boards[i] : null)),
    streams.stream('balancer-instance', spec.name),
  );
  const [only] = fleet.instances;
  const chosen: Balancer = own || gated ? fleet : only.balancer;
  const slow = slowStartOf(spec, chosen, plane.board.clock);
  const shared = slow ?? chosen;
  const tally = tallyOf(spec, shared);
  const ledger = perAttempt ? null : new ConnectionLedger(fleet);
  const answers = answersOf(spec);
  return {
    balancer: tally ?? shared,
    ledger,
    gate: gated ? gateOf(spec, parts, { fleet, perAttempt, answers }) : null,
    boards,
    answers,
    tally,
    set: setter(slow, fleet),
  };
}

function instance(spec: WorkloadSpec, parts: BalancingParts, counts: StationBoard | null): BalancerInstance {
  const { plane, streams, places, lazy, bank } = parts;
  const { policy, topology, outlierEjection, circuitBreaker } = spec.balancer;
  const random = streams.stream('balance', spec.name);
  const { stations, board } = plane;
  const loads =
    counts === null ? { board, stations, lazy, bank } : { board: counts, stations, lazy: false, bank: null };
  const make = (): Balancer => makeBalancer(policy, random, loads);
  const own = topology === 'prefer-zone';
  const chooser = own || spec.commanded?.split === 'zone' ? new PreferZone(make, places, own) : make();
  const detector =
    outlierEjection === undefined && !isCommanded(spec, 'outlierEjection')
      ? null
      : new OutlierDetector(outlierEjection ?? null, chooser, plane.board.clock);
  return new BalancerInstance(detector ?? chooser, counts, detector, circuitBreaker ?? null);
}

/** Whether each balancer counts what it has sent, instead of reading what is on board: it is not alone, counts connections, or hears of ends later. */
function countsForItself({ balancer }: WorkloadSpec, { plane, gated }: BalancingParts): boolean {
  return (balancer.instances ?? 1) > 1 || balancer.per === 'connection' || (gated && plane.network !== null);
}

function answersOf({ commanded }: WorkloadSpec): AnswerLedger | null {
  return commanded?.latency === true ? new AnswerLedger() : null;
}

function setter(slow: SlowStart | null, { instances }: BalancerFleet): Balancing['set'] {
  return ({ slowStart, outlierEjection }) => {
    if (slowStart !== undefined) slow?.set(slowStart);
    if (outlierEjection !== undefined) for (const { detector } of instances) detector?.set(outlierEjection);
  };
}

function slowStartOf(spec: WorkloadSpec, inner: Balancer, clock: Float64Array): SlowStart | null {
  const { slowStart } = spec.balancer;
  return slowStart === undefined && !isCommanded(spec, 'slowStart')
    ? null
    : new SlowStart(slowStart ?? null, inner, clock);
}

function isCommanded({ commanded }: WorkloadSpec, setting: keyof BalanceSettings): boolean {
  return commanded?.settings?.includes(setting) === true;
}

/** Choices are told apart only where the engine has a say in them. */
function tallyOf({ commanded, rollouts = [] }: WorkloadSpec, balancer: Balancer): RevisionTally | null {
  return commanded === undefined || rollouts.length === 0 ? null : new RevisionTally(balancer, rollouts.length + 1);
}

function gateOf(
  spec: WorkloadSpec,
  { plane, streams }: BalancingParts,
  watched: Pick<FrontGateParts, 'fleet' | 'perAttempt' | 'answers'>,
): AttemptGate {
  return new FrontGate({
    ...watched,
    maxQueueDelayMicros: spec.pod.serving.maxQueueDelayMicros ?? null,
    errors: streams.stream('errors', spec.name),
    flights: plane.network?.flights ?? null,
    plane,
  });
}
