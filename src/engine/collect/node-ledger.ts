import type { NodeBecameReady } from '../../domain/fact.js';
import type { Micros } from '../../kernel/micros.js';
import { isAmount } from './is-amount.js';

/** Room for pods, on one node. */
export interface NodeRoom {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly pods: number;
}

/** What of a node's machine matters to whoever shares requests among pods. */
export interface NodeMachine {
  /** Null where nobody said. */
  readonly zone: string | null;
  /** CPU speed over the core that demands are written for; 1 where nobody said. */
  readonly cpuSpeed: number;
}

/** What one pod requests of its node. */
export interface Request {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/** What the bound pods of a node request together. */
interface Bound {
  cpuMillis: number;
  memoryMiB: number;
  pods: number;
}

/**
 * The nodes that take pods, and what the pods bound to each request. Pods that the engine is not told of
 * (daemon sets, other tenants) are not in it.
 */
export class NodeLedger {
  private readonly nodes = new Map<string, NodeBecameReady>();
  /** Kept apart from `nodes`: a node that is lost and comes back finds its pods still bound. */
  private readonly bound = new Map<string, Bound>();

  /** Since when a node that takes pods has none. */
  private readonly empty = new Map<string, Micros>();

  /** Where machines stand and how fast they are, those that take no more pods included. */
  private readonly machines = new Map<string, NodeMachine>();

  /** Whether there are nodes to speak of: false on a platform that shows none. Stays true when all are lost. */
  known = false;

  /** A node takes pods; one whose size is garbage is as good as not there. */
  add(fact: NodeBecameReady): void {
    if (!isAmount(fact.cpuMillis) || !isAmount(fact.memoryMiB) || !isAmount(fact.maxPods)) return;
    this.nodes.set(fact.node, fact);
    this.known = true;
    if (!this.bound.has(fact.node)) this.empty.set(fact.node, fact.at);
  }

  /** A node takes no more pods: it is lost, drains, or was no place for them in the first place. */
  lose(node: string): void {
    this.nodes.delete(node);
    this.empty.delete(node);
  }

  /** A machine has said where it stands and how fast it is, whether or not it takes pods. */
  meet(fact: NodeBecameReady): void {
    this.machines.set(fact.node, { zone: fact.zone ?? null, cpuSpeed: speedOf(fact) });
  }

  /** What is known of a node's machine; null where it was never told of. */
  machineOf(node: string): NodeMachine | null {
    return this.machines.get(node) ?? null;
  }

  /** Since when no pod is bound to a node that takes pods; null otherwise. */
  emptySince(node: string): Micros | null {
    return this.empty.get(node) ?? null;
  }

  /** A pod was bound to a node. */
  bind(node: string, { cpuMillis, memoryMiB }: Request): void {
    this.empty.delete(node);
    const bound = this.bound.get(node);
    if (bound === undefined) {
      this.bound.set(node, { cpuMillis, memoryMiB, pods: 1 });
      return;
    }
    bound.cpuMillis += cpuMillis;
    bound.memoryMiB += memoryMiB;
    bound.pods += 1;
  }

  /** A bound pod requests something else from now on. */
  resize(node: string, before: Request, after: Request): void {
    const bound = this.bound.get(node);
    if (bound === undefined) return;
    bound.cpuMillis += after.cpuMillis - before.cpuMillis;
    bound.memoryMiB += after.memoryMiB - before.memoryMiB;
  }

  /** A bound pod is gone. */
  release(node: string, { cpuMillis, memoryMiB }: Request, at: Micros): void {
    const bound = this.bound.get(node);
    if (bound === undefined) return;
    bound.cpuMillis -= cpuMillis;
    bound.memoryMiB -= memoryMiB;
    bound.pods -= 1;
    if (bound.pods > 0) return;
    this.bound.delete(node);
    if (this.nodes.has(node)) this.empty.set(node, at);
  }

  /** The nodes, as they said of themselves, in the order in which they came. */
  facts(): readonly NodeBecameReady[] {
    return [...this.nodes.values()];
  }

  /** What is left on each node, in the order in which the nodes came. */
  room(): NodeRoom[] {
    const rooms: NodeRoom[] = [];
    for (const node of this.nodes.values()) {
      const bound = this.bound.get(node.node);
      rooms.push({
        cpuMillis: node.cpuMillis - (bound?.cpuMillis ?? 0),
        memoryMiB: node.memoryMiB - (bound?.memoryMiB ?? 0),
        pods: node.maxPods - (bound?.pods ?? 0),
      });
    }
    return rooms;
  }
}

function speedOf({ cpuSpeed }: NodeBecameReady): number {
  return cpuSpeed !== undefined && Number.isFinite(cpuSpeed) && cpuSpeed > 0 ? cpuSpeed : 1;
}
