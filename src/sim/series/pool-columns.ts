import type { SeriesTable } from '../../domain/run-result.js';
import type { Node } from '../nodes/node.js';
import type { NodeGroup } from '../nodes/node-group.js';

/** The numbers of one changing pool's machines at the end of every step: asked for, running, in service, stopped in the warm pool. */
export class PoolColumns {
  private readonly desired: number[] = [];
  private readonly running: number[] = [];
  private readonly ready: number[] = [];
  private readonly stopped: number[] = [];

  constructor(private readonly group: NodeGroup) {}

  /** Closes a step; `nodes` are all of the cluster. */
  close(nodes: readonly Node[]): void {
    let [running, ready, stopped] = [0, 0, 0];
    for (const node of nodes) {
      if (node.pool !== this.group.pool || node.paidFrom === null || node.removedAt !== null) continue;
      const stop = node.stops.at(-1);
      if (stop !== undefined && stop.to === null) stopped += 1;
      else running += 1;
      if (node.state === 'ready' && node.alive && !node.cordoned) ready += 1;
    }
    this.desired.push(this.group.wanted);
    this.running.push(running);
    this.ready.push(ready);
    this.stopped.push(stopped);
  }

  /** Everything so far. */
  table(): SeriesTable {
    const columns = {
      desiredNodes: Float64Array.from(this.desired),
      nodes: Float64Array.from(this.running),
      readyNodes: Float64Array.from(this.ready),
      stoppedNodes: Float64Array.from(this.stopped),
    };
    return { entity: this.group.pool.name, kind: 'pool', columns };
  }
}
