import type { WarmPoolSpec } from '../../domain/elastic-pool-spec.js';
import { type Micros } from '../../kernel/micros.js';
import type { Node } from './node.js';

/**
 * Machines that have been brought up beforehand and wait to be called, the one that waits longest first.
 *
 * Only a machine that is up can be called; one that is called, or is gone, is replaced at once.
 * Source: Amazon EC2 Auto Scaling user guide, "Decrease latency for applications with long boot times using warm pools"; without reuse on
 * scale-in, which is off by default there, and with a fixed size.
 */
export class WarmPool {
  private readonly machines = new Set<Node>();

  constructor(
    readonly spec: WarmPoolSpec,
    /** Makes a machine that is not there yet. */
    private readonly make: () => Node,
  ) {}

  /** The state before the run: it is full. */
  fillAtOnce(now: Micros): void {
    for (const node of this.missing()) {
      node.run(now);
      this.park(node, now);
    }
  }

  /** Begins to bring up what is missing. */
  fill(bringUp: (node: Node) => void): void {
    for (const node of this.missing()) bringUp(node);
  }

  /** Whether a machine is on its way to the pool, or in it. */
  owns(node: Node): boolean {
    return this.machines.has(node);
  }

  /** A machine is up: it waits from now on. */
  park(node: Node, now: Micros): void {
    node.state = 'warm';
    if (this.spec.state === 'stopped') node.stops.push({ from: now, to: null });
    else node.primed = true;
  }

  /** Takes out the machine that has waited longest, running from now on; null where none is up. */
  take(now: Micros): Node | null {
    for (const node of this.machines) {
      if (node.state !== 'warm') continue;
      this.machines.delete(node);
      node.run(now);
      return node;
    }
    return null;
  }

  /** A machine is no longer there. */
  drop(node: Node): void {
    this.machines.delete(node);
  }

  /** Empties the pool. */
  empty(): readonly Node[] {
    const all = [...this.machines];
    this.machines.clear();
    return all;
  }

  private missing(): readonly Node[] {
    const count = Math.max(0, this.spec.size - this.machines.size);
    const made = Array.from({ length: count }, () => this.make());
    for (const node of made) this.machines.add(node);
    return made;
  }
}
