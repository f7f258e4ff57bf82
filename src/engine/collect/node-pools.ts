import type { EngineConfig } from '../../domain/engine-config.js';
import type { Fact, NodeBecameReady, NodeLaunchFailed } from '../../domain/fact.js';
import type { Micros } from '../../kernel/micros.js';
import type { NodeView } from '../ports.js';
import type { LaunchFailure } from '../ports/scaling-input.js';
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
  /** By pool: nodes asked for of which the last that was heard is that they were not to be had. */
  private readonly refused = new Map<string, number>();
  private failed: NodeLaunchFailed[] = [];
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
        if (isAmount(fact.nodes) && Number.isInteger(fact.nodes)) this.ask(fact.pool, fact.nodes);
        return;
      case 'nodeLaunched': {
        const { node: name, pool, at: launchedAt } = fact;
        this.refuse(pool, -1);
        const coming = { name, pool, launchedAt, readyAt: null, draining: false, lostAt: null };
        if (!this.records.has(name)) this.records.set(name, coming);
        return;
      }
      case 'nodeLaunchFailed':
        if (!this.records.delete(fact.node)) return;
        this.failed.push(fact);
        this.refuse(fact.pool, 1);
        return;
      default:
        this.onNode(fact);
    }
  }

  /** Nodes asked for; null while nobody has said. */
  specNodes(pool: string): number | null {
    return this.asked.get(pool) ?? null;
  }

  /** Nodes asked for that were not to be had, as far as nobody has tried again since. */
  refusedNodes(pool: string): number {
    return this.refused.get(pool) ?? 0;
  }

  /** Launches that failed since the last `forgetFailures`, those of one pool, instant and reason together. */
  failures(): readonly LaunchFailure[] {
    const found = new Map<string, LaunchFailure>();
    for (const { pool, at, reason } of this.failed) {
      const key = JSON.stringify([pool, at, reason]);
      found.set(key, { pool, at, nodes: (found.get(key)?.nodes ?? 0) + 1, reason });
    }
    return [...found.values()];
  }

  /** A tick is over: what failed before it is no news any more. */
  forgetFailures(): void {
    this.failed = [];
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

  /** Those that are given up are the ones that did not come. */
  private ask(pool: string, nodes: number): void {
    const before = this.asked.get(pool) ?? 0;
    this.asked.set(pool, nodes);
    if (nodes < before) this.refuse(pool, nodes - before);
  }

  private refuse(pool: string, by: number): void {
    this.refused.set(pool, Math.max(0, this.refusedNodes(pool) + by));
  }

  private onNode(
    fact: Exclude<NodeFact, { readonly type: 'nodeCountSet' | 'nodeLaunched' | 'nodeLaunchFailed' }>,
  ): void {
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
