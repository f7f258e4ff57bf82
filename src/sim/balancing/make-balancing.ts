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
  const { instances = 1, slowStart, per } = spec.balancer;
  const perAttempt = per !== 'connection';
  const own = instances > 1 || !perAttempt;
  const boards = own ? Array.from({ length: instances }, () => new StationBoard()) : [];
  const fleet = new BalancerFleet(
    Array.from({ length: instances }, (_, i) => instance(spec, parts, own ? boards[i] : null)),
    streams.stream('balancer-instance', spec.name),
  );
  const [only] = fleet.instances;
  const chosen: Balancer = instances === 1 && !gated && perAttempt ? only.balancer : fleet;
  const slow =
    slowStart === undefined && !isCommanded(spec, 'slowStart')
      ? null
      : new SlowStart(slowStart ?? null, chosen, plane.board.clock);
  const tally = tallyOf(spec, slow ?? chosen);
  const ledger = perAttempt ? null : new ConnectionLedger(fleet);
  const answers = spec.commanded?.latency === true ? new AnswerLedger() : null;
  return {
    balancer: tally ?? slow ?? chosen,
    ledger,
    gate: gated ? gateOf(spec, parts, { fleet, perAttempt, answers }) : null,
    boards,
    answers,
    tally,
    set: (settings) => {
      if (settings.slowStart !== undefined) slow?.set(settings.slowStart);
      if (settings.outlierEjection === undefined) return;
      for (const { detector } of fleet.instances) detector?.set(settings.outlierEjection);
    },
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
    plane,
  });
}
