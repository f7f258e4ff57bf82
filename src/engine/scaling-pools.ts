import type { EngineConfig, EngineNodeOffer } from '../domain/engine-config.js';
import type { NodeBecameReady } from '../domain/fact.js';
import { type Labels, ZONE_LABEL } from '../domain/scheduling/labels.js';
import type { NodeMarks } from '../domain/scheduling/node-marks.js';
import type { NodeShape } from '../domain/scheduling/node-shape.js';
import type { NodePools } from './collect/node-pools.js';
import type { ScalablePool } from './ports/scaling-input.js';

interface Room extends NodeMarks {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly maxPods: number;
}

/** The pools that an autoscaler of several pools sees: its own, and those that it may not change and whose nodes take its pods too. */
export class ScalingPools {
  private readonly shapes = new Map<string, NodeShape>();

  constructor(
    private readonly config: Pick<EngineConfig, 'nodePools' | 'nodeScaler'>,
    private readonly nodes: NodePools,
  ) {}

  /** As they are now; a pool of its own of which nobody has said how many nodes are asked for is left out. */
  now(): readonly ScalablePool[] {
    const { nodeScaler, nodePools = [] } = this.config;
    const own = (nodeScaler?.pools ?? []).flatMap((offer) => this.offer(offer));
    const others = nodePools.flatMap(({ name, ...room }) => {
      const asked = this.nodes.specNodes(name);
      // Nobody waits for nodes that were not to be had.
      return this.other(name, name, room, asked === null ? null : asked - this.nodes.refusedNodes(name));
    });
    return [...own, ...others, ...this.fixed()];
  }

  private offer(offer: EngineNodeOffer): readonly ScalablePool[] {
    const { name, minNodes, maxNodes, instanceType, pricePerHour, nodePool, zone, reserved } = offer;
    const specNodes = this.nodes.specNodes(name);
    if (specNodes === null) return [];
    const zoned: Labels = zone === undefined ? {} : { [ZONE_LABEL]: zone };
    const shape = this.shape(name, { ...offer, labels: offer.labels ?? zoned }, reserved);
    const price = { capacityType: 'on-demand', pricePerHour } as const;
    return [{ name, owned: true, minNodes, maxNodes, specNodes, shape, instanceType, ...price, nodePool }];
  }

  /** Nodes that are there for good, those that are alike as one pool. */
  private fixed(): readonly ScalablePool[] {
    const bySize = new Map<string, NodeBecameReady[]>();
    for (const node of this.nodes.fixedNodes()) {
      const name = fixedPoolOf(node);
      bySize.set(name, [...(bySize.get(name) ?? []), node]);
    }
    return [...bySize].flatMap(([name, nodes]) => this.other(name, nodes[0].instanceType, nodes[0], nodes.length));
  }

  /** A pool that may neither grow nor shrink; its price is nobody's business. */
  private other(name: string, instanceType: string, room: Room, nodes: number | null): readonly ScalablePool[] {
    if (nodes === null) return [];
    const shape = this.shape(name, room);
    const bounds = { minNodes: nodes, maxNodes: nodes, specNodes: nodes };
    return [
      {
        name,
        owned: false,
        ...bounds,
        shape,
        instanceType,
        capacityType: 'on-demand',
        pricePerHour: 0,
        nodePool: name,
      },
    ];
  }

  /** Always the same object for a pool. */
  private shape(
    pool: string,
    { cpuMillis, memoryMiB, maxPods, labels = {}, taints = [] }: Room,
    reserved?: EngineNodeOffer['reserved'],
  ): NodeShape {
    const known = this.shapes.get(pool);
    if (known !== undefined) return known;
    const shape = {
      ...{ cpuMillis, memoryMiB, maxPods, labels, taints },
      ...(reserved === undefined ? {} : { reserved }),
    };
    this.shapes.set(pool, shape);
    return shape;
  }
}

/** The name under which nodes of fixed pools appear: the engine is not told which pool they are of. */
export function fixedPoolOf({ instanceType, cpuMillis, memoryMiB, maxPods, labels, taints }: NodeBecameReady): string {
  const marks = labels === undefined && taints === undefined ? '' : `/${JSON.stringify([labels, taints])}`;
  return `fixed/${instanceType}/${cpuMillis}/${memoryMiB}/${maxPods}${marks}`;
}
