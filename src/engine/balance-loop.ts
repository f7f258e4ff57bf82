import type { BalanceDecision, DrainDecision } from '../domain/balance/balance-decision.js';
import type { BalanceSettings, DrainSettings } from '../domain/balance/balance-settings.js';
import { sameSplit, type SplitKind, type TrafficSplit } from '../domain/balance/traffic-split.js';
import type { StageOutcome } from '../domain/decision.js';
import type { EngineWorkload } from '../domain/engine-config.js';
import type { Micros } from '../kernel/micros.js';
import { checkBalance } from './check-balance.js';
import type { NodeLedger } from './collect/node-ledger.js';
import type { WorkloadView } from './collect/workload-view.js';
import { drainOrder } from './drain-order.js';
import { guard } from './guard.js';
import type { BalancePod, BalancePolicy, BalanceProposal } from './ports/balance-policy.js';

/** What decides about one workload's balancers. */
export interface BalanceParts {
  readonly policy: BalancePolicy;
  /** What requests may be shared by. */
  readonly split: SplitKind | undefined;
  readonly settings: BalanceSettings | undefined;
  readonly drain: DrainSettings | undefined;
}

/** What stage 7 made of one workload at one tick. */
export interface BalanceDraft {
  readonly outcome: StageOutcome;
  /** Null where the engine leaves its balancers alone. */
  readonly decision: BalanceDecision | null;
}

/** Stage 7 of one workload, with its memory: shares of new requests, settings of its balancers, draining. */
export class BalanceLoop {
  private split: TrafficSplit | null = null;
  private revisions: Readonly<Record<string, number>> | null = null;
  private settled = false;

  constructor(
    private readonly workload: EngineWorkload,
    private readonly view: WorkloadView,
    private readonly nodes: NodeLedger,
    private readonly staleAfterMicros: Micros,
    private readonly parts: BalanceParts,
  ) {}

  /** Asks the policy, after all stages before; `from` are the replicas asked for before, `replicas` those from now on. */
  tick(now: Micros, { from, replicas }: { readonly from: number; readonly replicas: number }): BalanceDraft {
    const pods = this.pods(now);
    const { policy, split: commanded } = this.parts;
    const { output, outcome } = guard<BalanceProposal>({
      stage: 'balance',
      run: () =>
        policy.decide({
          now,
          workload: this.workload,
          replicas,
          pods,
          zones: this.zones(),
          rollout: this.view.rollout,
          split: this.split,
        }),
      check: (proposal) => checkBalance(proposal, commanded),
      note: ({ reason }) => reason,
      fallback: () => ({ split: null, revisions: null, rules: [], reason: 'stage-failed' }),
    });
    return { outcome, decision: this.decide(output, this.drain(pods, from - replicas)) };
  }

  private decide({ split, revisions, rules, reason }: BalanceProposal, drain: DrainDecision | null): BalanceDecision {
    return {
      policy: this.workload.balance?.name ?? '',
      ...this.newSplit(split),
      ...this.newRevisions(revisions),
      ...this.firstSettings(),
      ...(drain === null ? {} : { drain }),
      rules,
      reason,
    };
  }

  private newSplit(to: TrafficSplit | null): Pick<BalanceDecision, 'split'> {
    const from = this.split;
    if (to === null || sameSplit(from, to)) return {};
    this.split = to;
    return { split: { from, to } };
  }

  private newRevisions(revisions: BalanceProposal['revisions']): Pick<BalanceDecision, 'revisions'> {
    if (revisions === null || sameCounts(this.revisions, revisions)) return {};
    this.revisions = revisions;
    return { revisions };
  }

  /** Settings are commanded once: nothing else sets them. */
  private firstSettings(): Pick<BalanceDecision, 'settings'> {
    const { settings } = this.parts;
    if (settings === undefined || this.settled) return {};
    this.settled = true;
    return { settings };
  }

  private drain(pods: readonly BalancePod[], leaving: number): DrainDecision | null {
    const { drain } = this.parts;
    return drain === undefined || leaving <= 0 ? null : drainOrder(drain, pods, leaving);
  }

  private pods(now: Micros): readonly BalancePod[] {
    const since = now - this.staleAfterMicros;
    return [...this.view.everyRecord()].map(({ view, node, answers, usage }): BalancePod => {
      const machine = node === null ? null : this.nodes.machineOf(node);
      return {
        view,
        zone: machine?.zone ?? null,
        cpuSpeed: machine?.cpuSpeed ?? 1,
        answers: answers !== null && answers.sampledAt >= since ? answers : null,
        inFlight: usage !== null && usage.sampledAt >= since ? usage.inFlight : null,
      };
    });
  }

  private zones(): ReadonlyMap<string, number> {
    const zones = new Map<string, number>();
    for (const { zone, cpuMillis } of this.nodes.facts()) {
      if (zone !== undefined) zones.set(zone, (zones.get(zone) ?? 0) + cpuMillis);
    }
    return zones;
  }
}

function sameCounts(one: Readonly<Record<string, number>> | null, other: Readonly<Record<string, number>>): boolean {
  if (one === null) return false;
  const names = Object.keys(other);
  return names.length === Object.keys(one).length && names.every((name) => one[name] === other[name]);
}
