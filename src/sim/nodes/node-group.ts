import type { ElasticPoolSpec } from '../../domain/elastic-pool-spec.js';
import type { NodePoolSpec } from '../../domain/world-spec.js';
import { sampler } from '../../kernel/distributions.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type { Streams } from '../../kernel/streams.js';
import { PHASE } from '../../kernel/timeline.js';
import type { SimContext } from '../sim-context.js';
import { InstanceRefresh } from './instance-refresh.js';
import type { BringUp } from './join-nodes.js';
import { Node } from './node.js';
import { surplusOrder } from './surplus-order.js';
import { WarmPool } from './warm-pool.js';

/** What the machines of a group are for: places for pods, or one process each. */
export interface MachineUse {
  /** It was asked for, or called from the warm pool. */
  launched(node: Node, now: Micros): void;
  /** It is in service. */
  inService(node: Node, now: Micros): void;
  /** Whatever runs on it is asked to stop; what cannot be asked is gone at once. */
  drain(node: Node, reason: string, now: Micros): void;
}

/** What a group shares with the rest of the cluster. */
export interface GroupParts {
  readonly context: SimContext;
  readonly streams: Streams;
  /** Whether the provider has no machine to give now, not even for one that was stopped. */
  readonly outOfStock: (now: Micros) => boolean;
  readonly bringUp: BringUp;
  readonly use: MachineUse;
  /** There is a machine more, wherever it is on its way. */
  readonly made: (node: Node) => void;
  /** The engine is to know that a machine is in service. */
  readonly announce: (node: Node, now: Micros) => void;
  /** A machine is terminated. */
  readonly ended: (node: Node) => void;
}

/**
 * A pool whose number of machines is asked for: keeps as many as that on their way or in service, as an EC2 Auto Scaling group does.
 *
 * asked for -> (called from the warm pool, or brought up) -> in service -> draining -> terminated. A machine that drains counts no more, so
 * that its replacement comes up meanwhile. A machine that the provider refuses is asked for again after a while, as long as it is wanted.
 */
export class NodeGroup {
  /** Machines asked for. */
  wanted = 0;
  /** Machines beyond those for a while, of a refresh that launches before it takes out. */
  extra = 0;
  /** Machines on their way or in service, in the order of their launch. */
  readonly members = new Set<Node>();
  private readonly warm: WarmPool | null;
  private readonly refresh: InstanceRefresh | null;
  private begun = false;
  private made = 0;
  private image = 0;
  private asksAgain = false;

  constructor(
    readonly pool: NodePoolSpec,
    elastic: ElasticPoolSpec,
    private readonly parts: GroupParts,
  ) {
    const { warmPool, refresh } = elastic;
    this.warm = warmPool === undefined ? null : new WarmPool(warmPool, () => this.make());
    this.refresh = refresh === undefined ? null : new InstanceRefresh(parts.context.timeline, this, refresh);
  }

  /** The run begins: from now on machines take their time. */
  begin(now: Micros): void {
    this.begun = true;
    this.warm?.fillAtOnce(now);
    this.refresh?.plan();
  }

  /**
   * Another number of machines is asked for; `remove` names those to take first where there are too many, `retire` those that are taken
   * out in any case, before that is looked at.
   */
  ask(count: number, remove: readonly string[], now: Micros, retire: readonly string[] = []): void {
    this.wanted = count;
    this.parts.context.emit({ type: 'nodeCountSet', at: now, pool: this.pool.name, nodes: count });
    for (const node of [...this.members]) if (retire.includes(node.name)) this.retire(node, 'scaled down', now);
    this.reconcile(now, remove);
    this.refresh?.look(now);
  }

  /** Launches the machines that are missing, or takes out those that are too many; returns those launched. */
  reconcile(now: Micros, remove: readonly string[] = []): readonly Node[] {
    const missing = this.wanted + this.extra - this.members.size;
    if (missing < 0) {
      const named = [...this.members].filter(({ name }) => remove.includes(name));
      const order = new Set([...named, ...surplusOrder(this.members)]);
      for (const node of [...order].slice(0, -missing)) this.retire(node, 'scaled down', now);
    }
    const launched = Array.from({ length: Math.max(0, missing) }, () => this.launch(now));
    if (this.begun && launched.length > 0) this.warm?.fill(this.parts.bringUp);
    return launched;
  }

  /** Takes a machine out: it drains and is terminated when nothing is on it; one that is not in service goes at once. */
  retire(node: Node, reason: string, now: Micros): void {
    const { context, use } = this.parts;
    this.members.delete(node);
    node.cordoned = true;
    const serves = node.state === 'ready';
    if (serves) {
      node.removalReason = reason;
      context.emit({ type: 'nodeBeganDraining', at: now, node: node.name, reason });
    }
    use.drain(node, reason, now);
    if (serves) this.vacated(node, now);
    else this.remove(node, reason, now);
  }

  /** A pod has left a machine. */
  vacated(node: Node, now: Micros): void {
    if (node.cordoned && node.state === 'ready' && node.pods === 0) this.remove(node, node.removalReason, now);
  }

  /** A machine is up. */
  up(node: Node, now: Micros): void {
    if (this.warm?.owns(node) === true) this.warm.park(node, now);
    else this.serve(node, now);
  }

  /** A machine is lost for good: it is replaced. */
  lost(node: Node, now: Micros): void {
    this.members.delete(node);
    this.warm?.drop(node);
    this.reconcile(now);
    this.warm?.fill(this.parts.bringUp);
    this.refresh?.look(now);
  }

  /** The provider has no machine to give: the one asked for will never be there, and another is asked for at `again`. */
  refused(node: Node, again: Micros, now: Micros): void {
    const asked = this.members.delete(node);
    this.discard(node, 'launch failed', now);
    if (asked) {
      const fact = { type: 'nodeLaunchFailed', at: now, node: node.name, pool: this.pool.name } as const;
      this.parts.context.emit({ ...fact, reason: 'InsufficientInstanceCapacity' });
    }
    if (this.asksAgain) return;
    this.asksAgain = true;
    this.parts.context.timeline.at(again, PHASE.world, (at) => {
      this.asksAgain = false;
      this.refill(at);
    });
  }

  /** A machine is found to be unhealthy before it was ever in service: another takes its place. */
  replace(node: Node, reason: string, now: Micros): void {
    if (this.members.has(node)) this.retire(node, reason, now);
    else this.discard(node, reason, now);
    this.refill(now);
  }

  /** From now on machines are made from the next image; those of the last that wait in the warm pool are replaced first. */
  changeImage(now: Micros): void {
    this.image += 1;
    for (const node of this.warm?.empty() ?? []) node.terminate('warm pool refreshed', now);
    this.warm?.fill(this.parts.bringUp);
  }

  /** Machines of an earlier image that are on their way or in service, in the order in which they are taken out. */
  outdated(): Node[] {
    return surplusOrder([...this.members].filter(({ image }) => image < this.image));
  }

  private refill(now: Micros): void {
    const launched = this.reconcile(now);
    this.refresh?.joined(launched);
    this.warm?.fill(this.parts.bringUp);
  }

  /** It never was in service, and nobody is told. */
  private discard(node: Node, reason: string, now: Micros): void {
    this.warm?.drop(node);
    this.parts.use.drain(node, reason, now);
    node.terminate(reason, now);
    this.parts.ended(node);
  }

  private launch(now: Micros): Node {
    const called = this.begun ? this.called(now) : null;
    const node = called ?? this.make();
    this.members.add(node);
    this.parts.context.emit({ type: 'nodeLaunched', at: now, node: node.name, pool: this.pool.name });
    this.parts.use.launched(node, now);
    if (!this.begun) this.serve(node, now);
    else if (called === null) this.parts.bringUp(node);
    else this.call(node, now);
    return node;
  }

  /** A machine of the warm pool; one that was stopped needs one of the provider again. */
  private called(now: Micros): Node | null {
    if (this.warm === null || (this.warm.spec.state === 'stopped' && this.parts.outOfStock(now))) return null;
    return this.warm.take(now);
  }

  private call(node: Node, now: Micros): void {
    const { context, streams } = this.parts;
    const { returns, ordinal, pool } = node;
    const start = pool.elastic?.warmPool?.start ?? { kind: 'constant', value: 0 };
    const ready = micros(now + sampler(start)(streams.stream('warm', pool.name), ordinal, returns));
    context.timeline.at(ready, PHASE.world, (at) => {
      if (node.returns === returns) this.serve(node, at);
    });
  }

  private serve(node: Node, now: Micros): void {
    node.join(now);
    this.parts.announce(node, now);
    this.parts.use.inService(node, now);
    this.refresh?.inService(now);
  }

  private remove(node: Node, reason: string, now: Micros): void {
    node.terminate(reason, now);
    this.parts.ended(node);
    this.parts.context.emit({ type: 'nodeRemoved', at: now, node: node.name, reason });
  }

  private make(): Node {
    const node = new Node(this.pool, this.made, this.image);
    this.made += 1;
    this.parts.made(node);
    return node;
  }
}
