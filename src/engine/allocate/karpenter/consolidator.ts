import type { ClusterPlan } from '../../../domain/scheduling/cluster-plan.js';
import type { Micros } from '../../../kernel/micros.js';
import type { PoolDrafts } from '../node-scaling/pool-drafts.js';
import type { ScalableNode, ScalablePool, ScalingInput } from '../../ports/scaling-input.js';
import { type Candidate, candidatesOf, isEmpty, totalsByNodePool } from './candidate.js';
import {
  consolidate,
  consolidateMany,
  consolidateOne,
  type Consolidation,
  type ConsolidationView,
} from './consolidation.js';
import { Moves } from './moves.js';
import { NodeBudgets } from './node-budgets.js';
import { PodChanges } from './pod-changes.js';
import type { DisruptionReason, KarpenterSettings } from './settings.js';

/** What the consolidator is told at a tick. */
export interface ConsolidatorInput {
  /** Nodes that go for other reasons leave in it. */
  readonly input: ScalingInput;
  /** With the pods that wait placed already. */
  readonly plan: ClusterPlan;
  /** Nodes that pods wait for. */
  readonly nominated: ReadonlySet<string>;
  /** Offers that may be asked for. */
  readonly offers: readonly ScalablePool[];
  /** Offers that gave nothing. */
  readonly lost: ReadonlySet<string>;
  readonly drafts: PoolDrafts;
}

/** Finds nodes that need not be there, or need not be so dear; waits whether that is still so after a while; then carries it out. */
export class Consolidator {
  private readonly budgets: NodeBudgets;
  private readonly moves = new Moves();
  private readonly changes = new PodChanges();
  private found: { readonly what: Consolidation; readonly at: Micros } | null = null;
  private searchedAt: Micros | null = null;

  constructor(private readonly settings: KarpenterSettings) {
    this.budgets = new NodeBudgets(settings.budgets);
  }

  /** Proposes what is due; gives the nodes that are about to go. */
  run(at: ConsolidatorInput): ReadonlySet<string> {
    const { input, lost, plan, drafts } = at;
    this.changes.update(input.nodes, input.now);
    this.moves.update(input, lost, this.settings.registrationTimeout);
    if (this.settings.consolidateAfter !== null) {
      this.beginIfStillRight(at);
      if (this.found === null && this.searchedAt !== input.now) this.search(at);
      if (this.found !== null && this.settings.validationDelay === 0) this.beginIfStillRight(at);
    }
    this.moves.propose(input, plan, this.destinations(at), drafts);
    return this.moves.going();
  }

  private search(at: ConsolidatorInput): void {
    const { now } = at.input;
    this.searchedAt = now;
    const candidates = this.candidates(at);
    const empty = this.withinBudget(at, candidates.filter(isEmpty), 'Empty');
    const what = empty.length > 0 ? emptied(empty) : this.searchFull(at, candidates);
    if (what !== null) this.found = { what, at: now };
  }

  private searchFull(at: ConsolidatorInput, candidates: readonly Candidate[]): Consolidation | null {
    if (this.settings.consolidationPolicy === 'WhenEmpty') return null;
    const full = candidates.filter((candidate) => !isEmpty(candidate));
    const allowed = this.withinBudget(at, full, 'Underutilized');
    const view = this.view(at);
    return consolidateMany(allowed, view) ?? consolidateOne(allowed, view);
  }

  private beginIfStillRight(at: ConsolidatorInput): void {
    const { found } = this;
    if (found === null || at.input.now - found.at < this.settings.validationDelay) return;
    this.found = null;
    const what = this.revalidate(at, found.what);
    if (what !== null) this.moves.begin(what, at.input);
  }

  /** Null where candidates have gone, filled up or lost their budget, or where what was found does not hold any more. */
  private revalidate(at: ConsolidatorInput, before: Consolidation): Consolidation | null {
    const names = new Set(before.candidates.map(({ name }) => name));
    const candidates = this.candidates(at).filter(({ name }) => names.has(name));
    if (this.withinBudget(at, candidates, before.reason).length < names.size) return null;
    if (before.reason === 'Empty') return candidates.every(isEmpty) ? emptied(candidates) : null;
    const now = consolidate(candidates, this.view(at));
    if (now === null || (now.options.length === 0) !== (before.options.length === 0)) return null;
    const known = new Set(before.options.map(({ name }) => name));
    const options = now.options.filter(({ name }) => known.has(name));
    return options.length === 0 && before.options.length > 0 ? null : { ...now, options };
  }

  private candidates({ input, nominated }: ConsolidatorInput): readonly Candidate[] {
    const [going, coming] = [this.moves.going(), this.moves.coming(input)];
    return candidatesOf(
      input,
      (node) =>
        this.isQuiet(node, input.now) && !going.has(node.name) && !coming.has(node.name) && !nominated.has(node.name),
    );
  }

  /** The candidates that budgets and the pools' least numbers leave, in their order. */
  private withinBudget(
    { input, drafts }: ConsolidatorInput,
    candidates: readonly Candidate[],
    reason: DisruptionReason,
  ): readonly Candidate[] {
    const left = this.budgets.left(input, reason, this.moves.going());
    const spare = new Map(input.pools.map(({ name }) => [name, drafts.spare(name)]));
    return candidates.filter(({ offer }) => {
      const [budget, nodes] = [left.get(offer.nodePool) ?? 0, spare.get(offer.name) ?? 0];
      if (budget <= 0 || nodes <= 0) return false;
      left.set(offer.nodePool, budget - 1);
      spare.set(offer.name, nodes - 1);
      return true;
    });
  }

  private view(at: ConsolidatorInput): ConsolidationView {
    const { consolidationPolicy, balancedK, spotToSpotConsolidation } = this.settings;
    return {
      plan: at.plan,
      destinations: this.destinations(at),
      offers: at.offers,
      room: (pool) => at.drafts.room(pool),
      spotToSpot: spotToSpotConsolidation,
      balanced: consolidationPolicy === 'Balanced' ? { k: balancedK, totals: totalsByNodePool(at.input) } : null,
    };
  }

  /** Nodes that are up and well and stay, and that pods have settled on. */
  private destinations({ input }: ConsolidatorInput): ReadonlySet<string> {
    const [going, coming] = [this.moves.going(), this.moves.coming(input)];
    return new Set(
      input.nodes
        .filter(
          (node) => isUp(node) && this.isQuiet(node, input.now) && !going.has(node.name) && !coming.has(node.name),
        )
        .map(({ name }) => name),
    );
  }

  private isQuiet(node: ScalableNode, now: Micros): boolean {
    return this.changes.quietFor(node, this.settings.consolidateAfter ?? Infinity, now);
  }
}

function emptied(candidates: readonly Candidate[]): Consolidation {
  return { reason: 'Empty', candidates, options: [] };
}

function isUp({ readyAt, leaving, unhealthySince }: ScalableNode): boolean {
  return readyAt !== null && !leaving && unhealthySince === null;
}
