import type { BalanceRule } from '../../domain/balance/balance-decision.js';
import type { CommandedBalancing } from '../../domain/balance/balance-settings.js';
import type { TrafficSplit } from '../../domain/balance/traffic-split.js';
import type { EngineWorkload } from '../../domain/engine-config.js';
import type { PodView } from '../../domain/observation.js';
import type { Micros } from '../../kernel/micros.js';
import type { Definition } from '../ports.js';

/** What balancers have counted of a pod since its container started, at the newest scrape. */
export interface CountedAnswers {
  /** Attempts that have left it, however they ended. */
  readonly answered: number;
  /** Time that they were on board, in microseconds. */
  readonly micros: number;
  /** When the counters were read. */
  readonly sampledAt: Micros;
}

/** A pod as whoever shares requests knows it, from facts and scrapes. */
export interface BalancePod {
  readonly view: PodView;
  /** Zone of its node; null where nobody said. */
  readonly zone: string | null;
  /** CPU speed of its node's machine over the core that demands are written for; 1 where nobody said. */
  readonly cpuSpeed: number;
  /** Null where there is no sample that may be acted upon. */
  readonly answers: CountedAnswers | null;
  /** Requests on board at the newest sample; null where there is none. */
  readonly inFlight: number | null;
}

/** A new revision that is to take the place of the others. */
export interface BegunRollout {
  /** Grows by one each time; the state before the run is 0. */
  readonly revision: number;
  readonly at: Micros;
}

/** What a balance policy sees at a tick. */
export interface BalanceInput {
  /** Due time of the tick. */
  readonly now: Micros;
  readonly workload: EngineWorkload;
  /** Replicas asked for from this tick on. */
  readonly replicas: number;
  /** In order of creation, terminating ones included. */
  readonly pods: readonly BalancePod[];
  /** CPU that the nodes of each zone can allocate, in thousandths of a core; nodes without a zone are left out. */
  readonly zones: ReadonlyMap<string, number>;
  /** The newest; null before the first. */
  readonly rollout: BegunRollout | null;
  /** What was commanded last; null where nothing was. */
  readonly split: TrafficSplit | null;
}

/** What a balance policy asks for, with everything that led there. */
export interface BalanceProposal {
  /** Null leaves the shares as they are. */
  readonly split: TrafficSplit | null;
  /** Replicas by revision; null leaves them to whoever has them. */
  readonly revisions: Readonly<Record<string, number>> | null;
  readonly rules: readonly BalanceRule[];
  /** One word for the table of reasons. */
  readonly reason: string;
}

/** A policy of the shares of a workload's pods in new requests, with its memory. Called once a tick, in the order of ticks, after all numbers of replicas are known. */
export interface BalancePolicy {
  decide(input: BalanceInput): BalanceProposal;
}

/** A balance policy by name. */
export interface BalancePolicyDefinition extends Definition<BalancePolicy> {
  /** What of the balancers it commands under a configuration that its schema has accepted; absent means shares by pod. */
  readonly commands?: (config: unknown) => Omit<CommandedBalancing, 'settings'>;
}
