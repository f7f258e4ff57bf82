import type { Micros } from '../../../kernel/micros.js';
import type { ScalableNode } from '../../ports/scaling-input.js';

/** When a pod last came to a node or left it, by node. */
export class PodChanges {
  private known = new Map<string, { readonly pods: string; readonly at: number }>();

  /** Looks at all nodes. */
  update(nodes: readonly ScalableNode[], now: Micros): void {
    const next = new Map<string, { readonly pods: string; readonly at: number }>();
    for (const { name, pods, readyAt } of nodes) {
      const names = pods.map((pod) => pod.name).join('\n');
      const before = this.known.get(name);
      if (before === undefined) next.set(name, { pods: names, at: readyAt ?? now });
      else next.set(name, before.pods === names ? before : { pods: names, at: now });
    }
    this.known = next;
  }

  /** Whether nothing has changed on a node for so long. */
  quietFor({ name }: ScalableNode, lengthMicros: number, now: Micros): boolean {
    const known = this.known.get(name);
    return known !== undefined && now - known.at >= lengthMicros;
  }
}
