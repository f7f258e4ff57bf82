import type { EngineConfig } from '../domain/engine-config.js';
import type { Micros } from '../kernel/micros.js';
import type { ClusterView } from './collect/cluster-view.js';
import type { ScalingInput } from './ports/scaling-input.js';
import { scalingNodes } from './scaling-nodes.js';
import { ScalingPools } from './scaling-pools.js';

/** The cluster as an autoscaler of nodes sees it. */
export class ScalingView {
  private readonly pools: ScalingPools;

  constructor(
    private readonly config: Pick<EngineConfig, 'originEpochMicros' | 'nodePools' | 'nodeScaler'>,
    private readonly cluster: ClusterView,
  ) {
    this.pools = new ScalingPools(config, cluster.pools);
  }

  /** What is known at a tick. */
  input(now: Micros): ScalingInput {
    const { cluster, config } = this;
    const pools = this.pools.now();
    const { pending, byNode } = cluster.plannedPods();
    return {
      now,
      originEpochMicros: config.originEpochMicros,
      pools,
      nodes: scalingNodes(pools, cluster.pools, byNode),
      pending,
      budgets: cluster.allowedEvictions(),
      failures: cluster.pools.failures(),
    };
  }
}
