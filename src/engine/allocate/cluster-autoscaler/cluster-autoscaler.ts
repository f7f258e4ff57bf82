import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';
import { Streams } from '../../../kernel/streams.js';
import type { KeyedRandom } from '../../../kernel/random.js';
import { clusterInThought, placeWaiting } from '../node-scaling/cluster-in-thought.js';
import { aloneUntil, giveUpLostLaunches } from '../node-scaling/launch-watch.js';
import { PoolDrafts } from '../node-scaling/pool-drafts.js';
import type { ScalablePool, ScalingInput } from '../../ports/scaling-input.js';
import type { NodeScaler, ScalingProposal } from '../../ports/scaling-proposal.js';
import { expandersOf } from './expanders.js';
import { PoolBackOff } from './pool-back-off.js';
import { ScaleDown } from './scale-down.js';
import { scaleUp } from './scale-up.js';
import type { ClusterAutoscalerSettings } from './settings.js';

/**
 * The Kubernetes cluster autoscaler. A tick:
 *
 * 1. Nodes that did not come are given up, their pools left alone for a while.
 * 2. Pods that fit on no node, also none on its way, choose one pool by estimate and expander, which grows.
 * 3. Nodes with little on them whose pods fit elsewhere are unneeded; those that have been so for long enough go.
 */
export class ClusterAutoscaler implements NodeScaler {
  private readonly backOff: PoolBackOff;
  private readonly scaleDown: ScaleDown;
  private readonly chance: KeyedRandom;
  private scaleUpAt = -Infinity;
  private removalAt = -Infinity;
  private failureAt = -Infinity;

  constructor(
    private readonly settings: ClusterAutoscalerSettings,
    /** Of the draws among options that tie. */
    seed: number,
  ) {
    this.backOff = new PoolBackOff({
      initialMicros: settings.initialNodeGroupBackoff,
      maxMicros: settings.maxNodeGroupBackoff,
      resetMicros: settings.nodeGroupBackoffReset,
    });
    this.scaleDown = new ScaleDown(settings);
    this.chance = new Streams(seed).stream('expander', 'cluster-autoscaler');
  }

  /** One scan. */
  decide(all: ScalingInput): ScalingProposal {
    const drafts = new PoolDrafts(all);
    const given = this.withoutExpendable(all);
    const input = drafts.applyTo(given, this.watchLaunches(given, drafts));
    const thought = clusterInThought(input);
    const { rest } = placeWaiting(thought);
    const { chosen, unplaced } = scaleUp(thought.plan, rest, this.growing(input, drafts), this.rules(input), drafts);
    if (chosen !== null) this.scaleUpAt = input.now;
    if (this.settings.scaleDownEnabled) this.shrink(input, chosen !== null, drafts);
    const expendable = all.pending.filter((pod) => !this.counts(pod));
    return { pools: drafts.finish(), cordon: [], unplaced: [...unplaced, ...expendable] };
  }

  /** Tells that a node proposed for removal could not be removed. */
  removalFailed(at: number): void {
    this.failureAt = at;
  }

  private watchLaunches(input: ScalingInput, drafts: PoolDrafts): ReadonlySet<string> {
    for (const { pool, readyAt } of input.nodes) if (readyAt !== null) this.backOff.succeeded(pool, readyAt);
    const lost = giveUpLostLaunches(input, this.settings.maxNodeProvisionTime, drafts);
    for (const [pool, why] of lost.pools) this.backOff.failed(pool, input.now, why);
    return lost.nodes;
  }

  private counts({ requirements }: PlanPod): boolean {
    return requirements.priority >= this.settings.expendablePodsPriorityCutoff;
  }

  private growing({ pools, now }: ScalingInput, drafts: PoolDrafts): readonly ScalablePool[] {
    return pools.filter(({ name }) => {
      const left = this.backOff.of(name, now);
      if (left !== null) drafts.note(name, 'backed-off', aloneUntil(left, now));
      else if (drafts.room(name) === 0) drafts.noteFull(name);
      return left === null && drafts.room(name) > 0;
    });
  }

  private rules(input: ScalingInput) {
    const { maxNodesPerScaleUp, maxNodesTotal } = this.settings;
    const there = input.pools.reduce((sum, { specNodes }) => sum + specNodes, 0);
    const left = maxNodesTotal - there;
    return {
      expanders: expandersOf(this.settings, input),
      draw: (below: number) => this.chance.index(below, input.now),
      maxNodes: maxNodesPerScaleUp,
      maxNodesLeft: maxNodesTotal === 0 ? 0 : left > 0 ? left : -1,
    };
  }

  /** Nodes are watched at every tick, also where none may go. */
  private shrink(input: ScalingInput, grows: boolean, drafts: PoolDrafts): void {
    const removable = this.scaleDown.update(input);
    if (grows) return;
    // A removal of this very tick is the one that is about to be proposed again.
    const removalAt = this.removalAt === input.now ? -Infinity : this.removalAt;
    const cooldown = { scaleUpAt: this.scaleUpAt, removalAt, failureAt: this.failureAt };
    const removed = this.scaleDown.remove(input, removable, cooldown, drafts);
    if (removed.length > 0) this.removalAt = input.now;
  }

  private withoutExpendable(input: ScalingInput): ScalingInput {
    const keep = (pods: readonly PlanPod[]): readonly PlanPod[] => pods.filter((pod) => this.counts(pod));
    const nodes = input.nodes.map((node) => ({ ...node, pods: keep(node.pods) }));
    return { ...input, nodes, pending: keep(input.pending) };
  }
}
