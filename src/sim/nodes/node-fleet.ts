import type { NodePoolSpec } from '../../domain/world-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import type { Streams } from '../../kernel/streams.js';
import { PHASE } from '../../kernel/timeline.js';
import type { SimContext } from '../sim-context.js';
import { buildNodes } from './build-nodes.js';
import { type BringUp, bringUpNodes } from './join-nodes.js';
import type { MachineSupply } from './machine-supply.js';
import type { Node } from './node.js';
import { type MachineUse, NodeGroup } from './node-group.js';

/** What a fleet tells the rest of the cluster. */
export interface FleetParts {
  /** Whether the engine is told where machines stand and how fast they are. */
  readonly tellsMachines: boolean;
  readonly context: SimContext;
  readonly streams: Streams;
  readonly supply: MachineSupply;
  /** What the machines of a pool are for. */
  readonly useOf: (pool: NodePoolSpec) => MachineUse;
  /** Follows the making of every node. */
  readonly equip: (node: Node) => void;
  /** A node of a fixed pool takes pods for the first time. */
  readonly joined: (node: Node, now: Micros) => void;
  /** A machine is terminated. */
  readonly ended: (node: Node) => void;
}

/** All nodes of a cluster: those of fixed pools, and the groups whose number changes. */
export class NodeFleet {
  /** Every node there ever was: those of fixed pools, then the others in the order in which they were asked for. */
  readonly nodes: Node[];
  /** Those that take pods of every workload, terminated ones left out; null on a platform without such pools. */
  readonly shared: Node[] | null;
  /** By pool. */
  readonly groups: ReadonlyMap<string, NodeGroup>;
  /** Brings up nodes that are not there yet. */
  readonly bringUp: BringUp;

  constructor(
    pools: readonly NodePoolSpec[],
    private readonly parts: FleetParts,
  ) {
    const { context, streams, supply } = parts;
    this.nodes = buildNodes(pools, context.timeline.now);
    this.nodes.forEach(parts.equip);
    this.shared = pools.some(({ workload }) => workload === undefined) ? [...this.nodes] : null;
    this.bringUp = bringUpNodes(context, streams, supply, {
      up: (node, now) => this.up(node, now),
      refused: (node, { retryMicros }, now) => this.refused(node, micros(now + retryMicros), now),
      unhealthy: (node, now) => this.groups.get(node.pool.name)?.replace(node, 'never came up', now),
    });
    this.groups = new Map(pools.flatMap((pool) => this.groupOf(pool)));
  }

  /** A node takes pods: the engine is told. */
  announce({ name, pool }: Node, now: Micros): void {
    const { instanceType, cpuMillis, memoryMiB, maxPods, labels, taints, zone, cpuSpeed } = pool;
    const marks = { ...(labels === undefined ? {} : { labels }), ...(taints === undefined ? {} : { taints }) };
    const told = this.parts.tellsMachines ? { ...(zone === undefined ? {} : { zone }), cpuSpeed } : {};
    const size = { instanceType, cpuMillis, memoryMiB, maxPods };
    this.parts.context.emit({ type: 'nodeBecameReady', at: now, node: name, ...size, ...marks, ...told });
  }

  private up(node: Node, now: Micros): void {
    const group = this.groups.get(node.pool.name);
    if (group !== undefined) {
      group.up(node, now);
      return;
    }
    node.join(now);
    this.announce(node, now);
    this.parts.joined(node, now);
  }

  /** A node of a fixed pool is asked for again by whoever asked for it. */
  private refused(node: Node, again: Micros, now: Micros): void {
    const group = this.groups.get(node.pool.name);
    if (group !== undefined) {
      group.refused(node, again, now);
      return;
    }
    node.state = 'absent';
    this.parts.context.timeline.at(again, PHASE.world, () => {
      if (node.state === 'absent') this.bringUp(node);
    });
  }

  private groupOf(pool: NodePoolSpec): [string, NodeGroup][] {
    if (pool.elastic === undefined) return [];
    const { context, streams, supply, useOf, equip, ended } = this.parts;
    const shared = pool.workload === undefined ? this.shared : null;
    const group = new NodeGroup(pool, pool.elastic, {
      context,
      streams,
      outOfStock: (now) => supply.shortage(pool.name, now) !== null,
      bringUp: this.bringUp,
      use: useOf(pool),
      made: (node) => {
        this.nodes.push(node);
        equip(node);
        shared?.push(node);
      },
      announce: (node, now) => this.announce(node, now),
      ended: (node) => {
        shared?.splice(shared.indexOf(node), 1);
        ended(node);
      },
    });
    return [[pool.name, group]];
  }
}
