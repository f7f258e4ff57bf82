import type { Rule } from '../../../domain/decision.js';
import type { ScalablePool, ScalingInput } from '../../ports/scaling-input.js';
import { Purse } from './purse.js';
import type { PoolProposal } from '../../ports/scaling-proposal.js';

/** Numbers that a rule saw. */
type Numbers = Rule['numbers'];

interface Draft {
  readonly pool: ScalablePool;
  desired: number;
  reason: string;
  readonly remove: string[];
  readonly rules: Rule[];
}

/**
 * The proposals for all pools while they are made; a rule that changes a number is written down with it. Never outside bounds, and no more
 * nodes than there is money for, but for minima.
 */
export class PoolDrafts {
  private readonly drafts: ReadonlyMap<string, Draft>;
  private readonly purse: Purse;

  constructor({ pools, nodesPerHour }: Pick<ScalingInput, 'pools' | 'nodesPerHour'>) {
    this.purse = new Purse(nodesPerHour ?? Infinity);
    this.drafts = new Map(
      pools.map((pool) => [pool.name, { pool, desired: pool.specNodes, reason: 'held', remove: [], rules: [] }]),
    );
    for (const { name, specNodes, minNodes, maxNodes } of pools) {
      if (specNodes < minNodes) this.change(name, minNodes - specNodes, 'at-minimum', { min: minNodes });
      if (specNodes > maxNodes) this.change(name, maxNodes - specNodes, 'at-maximum', { max: maxNodes });
    }
  }

  /** The input as it will be once what is drafted has been asked for and these nodes are leaving. */
  applyTo(input: ScalingInput, gone: ReadonlySet<string>): ScalingInput {
    return {
      ...input,
      pools: input.pools.map((pool) => ({ ...pool, specNodes: this.drafts.get(pool.name)?.desired ?? pool.specNodes })),
      nodes: input.nodes.map((node) => (gone.has(node.name) ? { ...node, leaving: true } : node)),
    };
  }

  /** Nodes that a pool may still grow by. */
  room(pool: string): number {
    const draft = this.drafts.get(pool);
    return draft === undefined ? 0 : Math.min(places(draft), this.purse.machines(draft.pool.pricePerHour));
  }

  /** Writes down why a pool has no room. */
  noteFull(pool: string): void {
    const draft = this.drafts.get(pool);
    if (draft === undefined) return;
    if (places(draft) === 0) this.note(pool, 'no-room', { max: draft.pool.maxNodes });
    else this.noteUnpaid(pool);
  }

  /** Writes down that nothing is left for another node of a pool, where that is so. */
  noteUnpaid(pool: string): void {
    const draft = this.drafts.get(pool);
    if (draft !== undefined && places(draft) > 0 && this.room(pool) === 0) this.noteBudget(draft);
  }

  /** Nodes that a pool may still lose. */
  spare(pool: string): number {
    const draft = this.drafts.get(pool);
    return draft === undefined ? 0 : Math.max(0, draft.desired - draft.pool.minNodes);
  }

  /** Asks for more nodes, as far as there is room. */
  add(pool: string, nodes: number, rule: string, numbers: Numbers): void {
    const draft = this.drafts.get(pool);
    if (draft === undefined) return;
    const most = Math.min(nodes, this.room(pool));
    const unpaid = Math.min(nodes, places(draft)) - most;
    this.change(pool, most, rule, numbers);
    if (unpaid > 0) this.noteBudget(draft);
  }

  /** Asks for fewer, of which these go first, as far as the pool can spare them; says which those are. */
  remove(pool: string, names: readonly string[], rule: string, numbers: Numbers): readonly string[] {
    const gone = names.slice(0, this.spare(pool));
    this.drafts.get(pool)?.remove.push(...gone);
    this.change(pool, -gone.length, rule, numbers);
    return gone;
  }

  /** Lets nodes go for new ones of the same pool. */
  replace(pool: string, names: readonly string[], rule: string, numbers: Numbers): void {
    const draft = this.drafts.get(pool);
    if (draft === undefined) return;
    draft.remove.push(...names);
    draft.rules.push({ rule, before: draft.desired, after: draft.desired, numbers });
    draft.reason = rule;
  }

  /** Gives up nodes that never came. */
  giveUp(pool: string, nodes: number, rule: string, numbers: Numbers): void {
    const given = Math.min(nodes, this.spare(pool));
    this.change(pool, -given, rule, numbers);
    this.purse.spend(-given, this.drafts.get(pool)?.pool.pricePerHour ?? 0);
  }

  /** Writes down a rule that changed nothing, as the reason of holding where there is none yet. */
  note(pool: string, rule: string, numbers: Numbers): void {
    const draft = this.drafts.get(pool);
    if (draft === undefined) return;
    draft.rules.push({ rule, before: draft.desired, after: draft.desired, numbers });
    if (draft.reason === 'held') draft.reason = rule;
  }

  /** The same for every pool. */
  noteAll(rule: string, numbers: Numbers): void {
    for (const pool of this.drafts.keys()) this.note(pool, rule, numbers);
  }

  /** The proposals, each between its pool's bounds. */
  finish(): readonly PoolProposal[] {
    return [...this.drafts].map(([pool, { desired, remove, rules, reason }]) => {
      return { pool, desired, remove, rules, reason };
    });
  }

  private change(pool: string, by: number, rule: string, numbers: Numbers): void {
    const draft = this.drafts.get(pool);
    if (draft === undefined || by === 0) return;
    draft.rules.push({ rule, before: draft.desired, after: draft.desired + by, numbers });
    draft.desired += by;
    draft.reason = rule;
    // Those that go are paid for until they have gone.
    this.purse.spend(Math.max(0, by), draft.pool.pricePerHour);
  }

  private noteBudget({ pool: { name, pricePerHour } }: Draft): void {
    this.note(name, 'budget', { leftPerHour: this.purse.leftPerHour, nodePerHour: pricePerHour });
  }
}

function places({ pool, desired }: Draft): number {
  return Math.max(0, pool.maxNodes - desired);
}
