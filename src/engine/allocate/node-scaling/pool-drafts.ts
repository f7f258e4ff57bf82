import type { Rule } from '../../../domain/decision.js';
import type { ScalablePool, ScalingInput } from '../../ports/scaling-input.js';
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

/** The proposals for all pools while they are made; a rule that changes a number is written down with it. Never outside bounds. */
export class PoolDrafts {
  private readonly drafts: ReadonlyMap<string, Draft>;

  constructor(pools: readonly ScalablePool[]) {
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
    return draft === undefined ? 0 : Math.max(0, draft.pool.maxNodes - draft.desired);
  }

  /** Nodes that a pool may still lose. */
  spare(pool: string): number {
    const draft = this.drafts.get(pool);
    return draft === undefined ? 0 : Math.max(0, draft.desired - draft.pool.minNodes);
  }

  /** Asks for more nodes, as far as there is room. */
  add(pool: string, nodes: number, rule: string, numbers: Numbers): void {
    this.change(pool, Math.min(nodes, this.room(pool)), rule, numbers);
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
    this.change(pool, -Math.min(nodes, this.spare(pool)), rule, numbers);
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
  }
}
