import { RemainingBudgets } from '../../../domain/scheduling/disruption-budget.js';
import type { ClusterPlan } from '../../../domain/scheduling/cluster-plan.js';
import type { Micros } from '../../../kernel/micros.js';
import { clusterInThought, placeWaiting } from '../node-scaling/cluster-in-thought.js';
import type { PoolDrafts } from '../node-scaling/pool-drafts.js';
import type { ScalableNode, ScalingInput } from '../../ports/scaling-input.js';
import { nodeUtilisation } from './node-utilisation.js';
import { removableNodes, type RemovableNode } from './removable-nodes.js';
import type { ClusterAutoscalerSettings } from './settings.js';
import { UnneededNodes } from './unneeded-nodes.js';

/** What must not happen yet, because of what happened lately. */
export interface Cooldown {
  /** Instants before now; `-Infinity` where there was none. */
  readonly scaleUpAt: number;
  readonly removalAt: number;
  readonly failureAt: number;
}

/** Which nodes are unneeded, for how long, and which of them go; as the cluster autoscaler's scale-down planner. */
export class ScaleDown {
  private readonly unneeded = new UnneededNodes();
  /** Until when nodes that could not go are not looked at again. */
  private readonly notBefore = new Map<string, number>();

  constructor(private readonly settings: ClusterAutoscalerSettings) {}

  /** Finds out which nodes are unneeded at this tick, and notes since when they have been. */
  update(input: ScalingInput): readonly RemovableNode[] {
    const { plan } = this.thought(input);
    const candidates = this.candidates(input, plan);
    const { removable, unremovable } = removableNodes(
      plan,
      new RemainingBudgets(input.budgets),
      candidates.map(({ name }) => name),
      destinations(input),
    );
    for (const name of unremovable.keys()) {
      this.notBefore.set(name, input.now + this.settings.unremovableNodeRecheck);
    }
    this.unneeded.update(
      removable.map(({ name }) => name),
      input.now,
    );
    return removable;
  }

  /** Proposes to remove what has been unneeded for long enough, as far as minimum, delays and parallelism let it; says which. */
  remove(
    input: ScalingInput,
    removable: readonly RemovableNode[],
    cooldown: Cooldown,
    drafts: PoolDrafts,
  ): readonly string[] {
    if (removable.length === 0 || this.isCoolingDown(input, removable, cooldown, drafts)) return [];
    const nodes = new Map(input.nodes.map((node) => [node.name, node]));
    const ripe = removable.filter(({ name }) => this.isRipe(nodes.get(name), input.now));
    const chosen = this.revalidate(input, this.withinParallelism(input, ripe));
    return chosen.flatMap(({ name, pods }) => {
      const pool = nodes.get(name)?.pool ?? '';
      const sinceSeconds = (input.now - (this.unneeded.of(name) ?? input.now)) / 1e6;
      return drafts.remove(pool, [name], 'unneeded-node', {
        node: name,
        pods: pods.length,
        unneededSeconds: sinceSeconds,
      });
    });
  }

  private thought(input: ScalingInput) {
    const thought = clusterInThought(input);
    placeWaiting(thought);
    return thought;
  }

  /**
   * Nodes that have been unneeded before come first, so that the same ones stay so. Those of a pool that has no node to spare are not
   * looked at, as by the cluster autoscaler's `PreFilteringScaleDownNodeProcessor`.
   */
  private candidates(input: ScalingInput, plan: ClusterPlan): readonly ScalableNode[] {
    const spare = new Set(input.pools.filter((pool) => pool.specNodes > pool.minNodes).map(({ name }) => name));
    const low = input.nodes.filter((node) => {
      if (!spare.has(node.pool)) return false;
      if (node.leaving || node.readyAt === null || (this.notBefore.get(node.name) ?? -Infinity) > input.now)
        return false;
      const planned = plan.node(node.name);
      return planned !== null && nodeUtilisation(planned) <= this.settings.scaleDownUtilizationThreshold;
    });
    const known = ({ name }: ScalableNode): boolean => this.unneeded.of(name) !== null;
    return [...low.filter(known), ...low.filter((node) => !known(node))];
  }

  private isCoolingDown(
    { now }: ScalingInput,
    removable: readonly RemovableNode[],
    { scaleUpAt, removalAt, failureAt }: Cooldown,
    drafts: PoolDrafts,
  ): boolean {
    const { settings } = this;
    const until = Math.max(
      scaleUpAt + settings.scaleDownDelayAfterAdd,
      removalAt + settings.scaleDownDelayAfterDelete,
      failureAt + settings.scaleDownDelayAfterFailure,
    );
    if (until <= now) return false;
    drafts.noteAll('scale-down-cooldown', { unneeded: removable.length, forSeconds: (until - now) / 1e6 });
    return true;
  }

  private isRipe(node: ScalableNode | undefined, now: Micros): boolean {
    const since = node === undefined ? null : this.unneeded.of(node.name);
    if (node === undefined || since === null) return false;
    const { scaleDownUnneededTime, scaleDownUnreadyTime } = this.settings;
    const needed = node.unhealthySince === null ? scaleDownUnneededTime : scaleDownUnreadyTime;
    return needed <= 0 || since + needed < now;
  }

  /** Empty nodes first; then those whose pods can all move at once. */
  private withinParallelism({ nodes }: ScalingInput, ripe: readonly RemovableNode[]): readonly RemovableNode[] {
    const leaving = nodes.filter((node) => node.leaving);
    const draining = leaving.filter(({ pods }) => pods.some(({ daemon }) => !daemon)).length;
    const empty = ripe.filter(({ pods }) => pods.length === 0);
    const full = ripe.filter(({ pods }) => pods.length > 0);
    const most = Math.max(0, this.settings.maxScaleDownParallelism - leaving.length);
    const first = empty.slice(0, most);
    const drains = Math.max(0, Math.min(most - first.length, this.settings.maxDrainParallelism - draining));
    const byRisk = [...full.filter(({ atOnce }) => atOnce), ...full.filter(({ atOnce }) => !atOnce)];
    return [...first, ...byRisk.slice(0, drains)];
  }

  /** Fewer go than could, so it is asked again whether these alone may. */
  private revalidate(input: ScalingInput, chosen: readonly RemovableNode[]): readonly RemovableNode[] {
    const { plan } = this.thought(input);
    const names = chosen.map(({ name }) => name);
    return removableNodes(plan, new RemainingBudgets(input.budgets), names, destinations(input)).removable;
  }
}

/** Pods may move to nodes that are there and well. */
function destinations({ nodes }: ScalingInput): ReadonlySet<string> {
  return new Set(
    nodes
      .filter(({ leaving, readyAt, unhealthySince }) => !leaving && readyAt !== null && unhealthySince === null)
      .map(({ name }) => name),
  );
}
