import type { RefreshSpec } from '../../domain/elastic-pool-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { partOfDown, partOfUp } from '../../kernel/part-of.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { Node } from './node.js';

/** A group whose machines are replaced. */
export interface RefreshedGroup {
  readonly members: ReadonlySet<Node>;
  /** Machines that it should have. */
  readonly wanted: number;
  /** Machines beyond that, while their predecessors leave. */
  extra: number;
  /** From now on machines come up with another image. */
  changeImage(now: Micros): void;
  /** Machines with an older image, the first to be replaced first. */
  outdated(): Node[];
  retire(node: Node, reason: string, now: Micros): void;
  /** Brings the number of machines to what it should be; returns those that it asked for. */
  reconcile(now: Micros): readonly Node[];
}

/**
 * Replaces every machine of a group, batch by batch: of a batch, as many as `minHealthy` allows are taken out while their replacements come
 * up, and for as many as `maxHealthy` allows the replacements come first. When all of them have been in service for the bake time, the next
 * batch begins. A machine is in service when it is up: what its process takes to start has to be in the bake time, as in EC2's.
 *
 * Source: Amazon EC2 Auto Scaling user guide, "How an instance refresh works in an Auto Scaling group", where the bake time of a batch is
 * called instance warmup.
 */
export class InstanceRefresh {
  private batch: readonly Node[] = [];
  private leaving: readonly Node[] = [];
  private busy = false;

  constructor(
    private readonly timeline: Timeline,
    private readonly group: RefreshedGroup,
    private readonly spec: RefreshSpec,
  ) {}

  /** Puts it on the agenda. */
  plan(): void {
    this.timeline.at(this.spec.at, PHASE.world, (now) => {
      this.group.changeImage(now);
      this.next(now);
    });
  }

  /** A machine of the group is in service: the batch it may belong to is looked at when it is baked. */
  inService(now: Micros): void {
    if (this.busy) this.timeline.at(micros(now + this.spec.bakeMicros), PHASE.world, (at) => this.look(at));
  }

  /** Machines were asked for in place of some that did not come: they belong to the batch. */
  joined(nodes: readonly Node[]): void {
    if (this.busy) this.batch = [...this.batch, ...nodes];
  }

  /** Goes on where the batch is done and all machines asked for are on their way; a machine of it that has gone meanwhile holds nothing up. */
  look(now: Micros): void {
    const { group, spec } = this;
    if (!this.busy || group.members.size < group.wanted + group.extra) return;
    const baked = (node: Node): boolean => node.readyAt !== null && node.readyAt + spec.bakeMicros <= now;
    if (!this.batch.every((node) => !group.members.has(node) || baked(node))) return;
    group.extra = 0;
    for (const node of this.leaving) if (group.members.has(node)) group.retire(node, 'instance refresh', now);
    this.next(now);
  }

  private next(now: Micros): void {
    const { group } = this;
    const old = group.outdated();
    this.busy = old.length > 0;
    if (!this.busy) return;
    const { out, before } = batchOf(this.spec, group.wanted);
    const chosen = old.slice(0, out + before);
    const first = chosen.slice(0, out);
    this.leaving = chosen.slice(out);
    group.extra = this.leaving.length;
    for (const node of first) group.retire(node, 'instance refresh', now);
    this.batch = group.reconcile(now);
    this.look(now);
  }
}

/** How many machines of a batch are taken out at once, and for how many the replacement comes first; at least one machine in all. */
function batchOf({ minHealthy, maxHealthy }: RefreshSpec, wanted: number): { out: number; before: number } {
  const out = wanted - partOfUp(minHealthy, wanted);
  const before = partOfDown(maxHealthy, wanted) - wanted;
  return out + before > 0 ? { out, before } : { out: maxHealthy > 1 ? 0 : 1, before: maxHealthy > 1 ? 1 : 0 };
}
