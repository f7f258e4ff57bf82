import type { EngineConfig } from '../../domain/engine-config.js';
import type { Fact, NodeBecameReady } from '../../domain/fact.js';
import type { Micros } from '../../kernel/micros.js';
import type { NodeView } from '../ports.js';
import { isAmount } from './is-amount.js';
import type { NodeLedger } from './node-ledger.js';

type NodeFact = Exclude<Fact, { readonly workload: string } | { readonly type: 'ticked' }>;

interface NodeRecord {
  readonly name: string;
  readonly pool: string;
  /** When it was asked for. */
  readonly launchedAt: Micros;
  /** Since when it takes pods; null while it is on its way. */
  readyAt: Micros | null;
  draining: boolean;
  /** Since when it has not answered; null while it does. */
  lostAt: Micros | null;
}

/**
 * The pools whose number of nodes may change, as the facts have shown them. Machines that are replicas of a workload are kept out of the
 * ledger: nothing else finds a place there.
 */
export class NodePools {
  private readonly asked = new Map<string, number>();
  /** By node, in the order of their launch. */
  private readonly records = new Map<string, NodeRecord>();
  private readonly ofWorkloads: ReadonlySet<string>;

  constructor(
    { workloads }: Pick<EngineConfig, 'workloads'>,
    private readonly ledger: NodeLedger,
  ) {
    this.ofWorkloads = new Set(workloads.flatMap(({ pool }) => (pool === undefined ? [] : [pool])));
  }

  /** Takes in a fact; one of a node that it was never told of says only where pods find a place. */
  on(fact: NodeFact): void {
    switch (fact.type) {
      case 'nodeCountSet':
        if (isAmount(fact.nodes) && Number.isInteger(fact.nodes)) this.asked.set(fact.pool, fact.nodes);
        return;
      case 'nodeLaunched': {
        const { node: name, pool, at: launchedAt } = fact;
        const coming = { name, pool, launchedAt, readyAt: null, draining: false, lostAt: null };
        if (!this.records.has(name)) this.records.set(name, coming);
        return;
      }
      default:
        this.onNode(fact);
    }
  }

  /** Nodes asked for; null while nobody has said. */
  specNodes(pool: string): number | null {
    return this.asked.get(pool) ?? null;
  }

  /** Nodes of a pool that are on their way or in service. */
  views(pool: string): NodeView[] {
    const views: NodeView[] = [];
    for (const { name, pool: of, launchedAt, readyAt, draining, lostAt } of this.records.values()) {
      if (of !== pool || draining || lostAt !== null) continue;
      views.push({ name, launchedAt, readyAt, emptySince: this.ledger.emptySince(name) });
    }
    return views;
  }

  /** Every node of these pools that has not been removed, in the order of their launch. */
  all(): readonly Readonly<NodeRecord>[] {
    return [...this.records.values()];
  }

  /** Nodes that take pods and are of no pool whose number may change. */
  fixedNodes(): readonly NodeBecameReady[] {
    return this.ledger.facts().filter(({ node }) => !this.records.has(node));
  }

  private onNode(fact: Exclude<NodeFact, { readonly type: 'nodeCountSet' | 'nodeLaunched' }>): void {
    const record = this.records.get(fact.node);
    if (fact.type === 'nodeBecameReady') {
      this.ledger.meet(fact);
      if (record !== undefined) {
        record.lostAt = null;
        record.readyAt ??= fact.at;
      }
      const open = record === undefined || !(record.draining || this.ofWorkloads.has(record.pool));
      if (open) this.ledger.add(fact);
      return;
    }
    this.ledger.lose(fact.node);
    if (record === undefined) return;
    if (fact.type === 'nodeRemoved') this.records.delete(fact.node);
    else if (fact.type === 'nodeLost') record.lostAt = fact.at;
    else record.draining = true;
  }
}
