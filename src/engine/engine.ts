import type { Decision } from '../domain/decision.js';
import type { EngineConfig, EngineWorkload } from '../domain/engine-config.js';
import { Bug } from '../domain/errors.js';
import type { Fact } from '../domain/fact.js';
import type { PlanPod } from '../domain/scheduling/plan-pod.js';
import type { UsageCheckpoint } from '../domain/usage-history.js';
import type { Micros } from '../kernel/micros.js';
import { allocate } from './allocate/allocate.js';
import type { Allocation, PlacementTrial } from './allocate/allocation.js';
import { clusterInThought, placeWaiting } from './allocate/node-scaling/cluster-in-thought.js';
import type { Purse } from './allocate/node-scaling/purse.js';
import { type BalanceDraft, BalanceLoop } from './balance-loop.js';
import { ClusterView } from './collect/cluster-view.js';
import type { WorkloadView } from './collect/workload-view.js';
import { ConstrainedTrial } from './constrained-trial.js';
import { type CostedProposal, type Costs, costStage } from './cost/cost-stage.js';
import { countByWorkload } from './count-by-workload.js';
import { guard } from './guard.js';
import { makeDecision } from './make-decision.js';
import type { CommandedChange, InThought, Outbox, UnplacedPods } from './ports.js';
import { NodeLoop } from './node-loop.js';
import { NodeScalerLoop } from './node-scaler-loop.js';
import { nodesPurse } from './nodes-purse.js';
import type { Registries } from './registries.js';
import { ScalingView } from './scaling-view.js';
import { unplacedPods } from './unplaced-pods.js';
import { workloadCommands } from './workload-commands.js';
import type { Draft } from './workload-loop.js';
import { WorkloadLoop } from './workload-loop.js';

/**
 * The brain: facts in, decisions and commands out, synchronous, the same in every world.
 *
 * ```
 *   every fact ─▶ 1 collect     what is known of pods, nodes, samples            (collect/)
 *
 *   ticked ─▶ for each workload, in the order of the configuration:
 *                 1 collect     windowed, possibly stale Observation             (collect/)
 *                 2 predict     Forecast, or an abstention with its reason       (predict/)
 *                 3 horizontal  the policy's proposal                            (policy/)
 *                 4 vertical    requests and limits, after what stage 3 asks for (vertical/)
 *             then for all workloads together:
 *                 5 cost        what the proposals cost                          (cost/)
 *                 6 allocate    bounds, quota, budget, whether pods find a place  (allocate/)
 *                 7 balance     shares of new requests, draining, revisions      (balance/)
 *             then for each workload: one Decision, and setReplicas (scaleNodes where its replicas are machines) where the number changes,
 *             and setPodResources, resizePod and evictPod where stage 4 asks for them, setBalancing, setWeights, drainPods and setRevisions
 *             where stage 7 does
 *             then 6 allocate nodes for pods without a place: the pools of the node autoscaler together (node-scaler-loop), then
 *             each pool with a policy of its own (node-loop); for each pool one Decision, and scaleNodes
 * ```
 *
 * A stage that throws or gives garbage is `failed` in the decision and holds; no fact makes `on` throw.
 */
export class Engine {
  private readonly cluster: ClusterView;
  private readonly loops: readonly WorkloadLoop[];
  /** Null for a workload whose balancers are left alone. */
  private readonly balances: readonly (BalanceLoop | null)[];
  private readonly nodeLoops: readonly NodeLoop[];
  private readonly scaler: NodeScalerLoop | null;
  private readonly view: ScalingView;
  /** Whether pods ask for more than room, as far as is known beforehand. */
  private readonly constrained: boolean;

  /** Throws a `Bug` where the configuration names what the registries do not have: names are checked before. */
  constructor(
    private readonly config: EngineConfig,
    registries: Registries,
    private readonly outbox: Outbox,
  ) {
    this.cluster = new ClusterView(config);
    const views = config.workloads.map((workload) => this.cluster.follow(workload));
    this.loops = config.workloads.map((workload, i) => this.loop(workload, views[i], registries));
    this.balances = config.workloads.map((workload, i) => this.balanceLoop(workload, views[i], registries));
    this.nodeLoops = (config.nodePools ?? []).map((pool) => {
      const policy = find(registries.nodePolicies, pool.policy.name, 'node policy').create(pool.policy.config);
      const price = config.budget?.machines[pool.name] ?? 0;
      return new NodeLoop(pool, config.originEpochMicros, this.cluster.pools, policy, price);
    });
    for (const pods of config.headroom ?? []) this.cluster.follow(pods);
    this.view = new ScalingView(config, this.cluster);
    this.constrained = isConstrained(config);
    this.scaler = this.scalerLoop(registries);
  }

  /** Takes in a fact; a tick is answered in the outbox before it returns. A fact without a time is no fact. */
  on(fact: Fact): void {
    if (!Number.isFinite(fact.at)) return;
    this.cluster.on(fact);
    if (fact.type === 'ticked') this.tick(fact.at);
  }

  /** What another run may begin with, by workload: what vertical policies keep. */
  usageHistories(now: Micros): ReadonlyMap<string, UsageCheckpoint> {
    return new Map(
      this.loops.flatMap((loop): readonly (readonly [string, UsageCheckpoint])[] => {
        const history = loop.usageHistory(now);
        return history === null ? [] : [[loop.workload.name, history]];
      }),
    );
  }

  private loop(
    workload: EngineWorkload,
    view: WorkloadView,
    { forecasters, policies, verticalPolicies }: Registries,
  ): WorkloadLoop {
    const { forecaster, policy, vertical } = workload;
    return new WorkloadLoop(workload, this.config.originEpochMicros, view, {
      forecaster: find(forecasters, forecaster.name, 'forecaster').create(forecaster.config, workload),
      policy: find(policies, policy.name, 'policy').create(policy.config, workload),
      vertical:
        vertical === undefined
          ? null
          : find(verticalPolicies, vertical.name, 'vertical policy').create(vertical.config, workload),
    });
  }

  private balanceLoop(
    workload: EngineWorkload,
    view: WorkloadView,
    { balancePolicies }: Registries,
  ): BalanceLoop | null {
    const { balance } = workload;
    if (balance === undefined) return null;
    const { name, config, settings, drain } = balance;
    const definition = find(balancePolicies, name, 'balance policy');
    const { split } = definition.commands?.(config) ?? { split: 'pod' as const };
    const policy = definition.create(config, workload);
    const { staleAfterMicros } = this.config.collector;
    return new BalanceLoop(workload, view, this.cluster.nodes, staleAfterMicros, { policy, split, settings, drain });
  }

  private scalerLoop({ nodeScalers }: Registries): NodeScalerLoop | null {
    const { nodeScaler } = this.config;
    if (nodeScaler === undefined) return null;
    const { name, config, seed } = nodeScaler;
    const scaler = find(nodeScalers, name, 'node autoscaler').create(config, seed);
    return new NodeScalerLoop(nodeScaler, this.view, scaler);
  }

  private tick(now: Micros): void {
    const { named } = this.cluster;
    named?.tick(now);
    const known = this.loops.map((loop) => {
      const observation = loop.observe(now);
      return named === null ? observation : named.extend(observation);
    });
    const observations = new Map(known.map((observation) => [observation.workload, observation]));
    const drafts = this.loops.map((loop, i) => loop.tick(known[i], observations));
    const costs = costStage(drafts.map(costed), this.config.budget);
    const { output: allocations, outcome } = this.allocate(drafts, costs, now);
    drafts.forEach((draft, i) => {
      const balance = this.balance(now, draft, allocations[i], i);
      const decision = makeDecision(now, draft, allocations[i], {
        stages: [...draft.stages, costs.outcome, outcome, balance.outcome],
        balance: balance.decision,
      });
      const change = this.emit(draft, decision);
      if (change !== null) this.loops[i].remember(change);
    });
    const machines = drafts.flatMap(({ workload: { pool } }, i): [string, number][] =>
      pool === undefined ? [] : [[pool, allocations[i].desired]],
    );
    const purse = nodesPurse(this.config.budget, this.cluster.pools, new Map(machines));
    const left = this.scaler === null ? null : this.scaleTogether(this.scaler, now, purse);
    if (this.nodeLoops.length > 0) this.scaleNodes(now, left, purse);
    this.cluster.pools.forgetFailures();
  }

  private balance(now: Micros, { specReplicas }: Draft, { desired }: Allocation, position: number): BalanceDraft {
    const loop = this.balances[position];
    if (loop === null || specReplicas === null) return unbalanced;
    return loop.tick(now, { from: specReplicas, replicas: desired });
  }

  /** Gives the pods that the autoscaler leaves to others; null where nobody knows. */
  private scaleTogether(scaler: NodeScalerLoop, now: Micros, purse: Purse): readonly PlanPod[] | null {
    const { pools, unplaced } = scaler.tick(now, purse);
    for (const { decision, command } of pools) {
      this.outbox.decision(decision);
      if (command !== null) this.outbox.command(command);
    }
    return unplaced;
  }

  /** Also where a node has shown that it keeps pods away. */
  private isConstrained(): boolean {
    return this.constrained || this.cluster.nodes.facts().some(({ taints = [] }) => taints.length > 0);
  }

  private countByWorkload(pods: readonly PlanPod[]): readonly UnplacedPods[] {
    return countByWorkload([...this.config.workloads, ...(this.config.headroom ?? [])], pods);
  }

  /** Null where pods ask for nothing but room. */
  private inThought(now: Micros, left: readonly PlanPod[] | null): InThought | null {
    if (!this.isConstrained()) return null;
    const thought = clusterInThought(this.view.input(now));
    const { rest } = placeWaiting(thought);
    const names = left === null ? null : new Set(left.map(({ name }) => name));
    return { plan: thought.plan, waiting: names === null ? rest : rest.filter(({ name }) => names.has(name)) };
  }

  /** What one pool provides for is not left to the next. */
  private scaleNodes(now: Micros, left: readonly PlanPod[] | null, purse: Purse): void {
    let inThought = this.inThought(now, left);
    const pods = inThought?.waiting ?? left;
    let unplaced = pods === null ? unplacedPods(this.loops, this.nodeLoops, this.cluster) : this.countByWorkload(pods);
    for (const loop of this.nodeLoops) {
      const outcome = loop.tick(now, { unplaced, inThought, purse });
      ({ unplaced, inThought } = outcome);
      const { decision, remove, retire } = outcome;
      if (decision === null) continue;
      this.outbox.decision(decision);
      const { workload: pool, from, desired: nodes, reason } = decision;
      if (nodes === from && retire.length === 0) continue;
      const going = retire.length === 0 ? {} : { retire };
      this.outbox.command({ type: 'scaleNodes', at: now, pool, from, nodes, remove, ...going, reason });
    }
  }

  private allocate(drafts: readonly Draft[], { replicaPerHour }: Costs, now: Micros) {
    const { nodes } = this.cluster;
    const requests = drafts.map(({ workload, specReplicas, census, proposal }, i) => ({
      workload,
      from: specReplicas,
      desired: proposal.desired,
      placed: census.placed,
      ...(replicaPerHour === null ? {} : { replicaPerHour: replicaPerHour[i] }),
    }));
    const { quota, budget } = this.config;
    const money = budget === undefined ? {} : { budgetPerHour: budget.perHour - budget.standingPerHour };
    const shared = { quota, ...money, room: () => (nodes.known ? nodes.room() : null) };
    const trial = (): PlacementTrial => new ConstrainedTrial(this.view.input(now));
    return guard<readonly Allocation[]>({
      stage: 'allocate',
      run: () => allocate(requests, { ...shared, ...(this.isConstrained() ? { trial } : {}) }),
      check: checkAllocations,
      note: (allocations) => (allocations.some(({ rules }) => rules.length > 0) ? 'bound' : 'as asked'),
      fallback: () =>
        requests.map(({ from, desired }) => ({ desired: from ?? desired, rules: [], reason: 'stage-failed' })),
    });
  }

  /** Lets out the decision, and the commands where something changes; answers with the change of the replicas that was commanded. */
  private emit(draft: Draft, decision: Decision): CommandedChange | null {
    this.outbox.decision(decision);
    const { commands, change } = workloadCommands(draft, decision);
    for (const command of commands) this.outbox.command(command);
    return change;
  }
}

const unbalanced: BalanceDraft = {
  outcome: { stage: 'balance', status: 'neutral', note: 'not configured' },
  decision: null,
};

function costed({ workload, proposal: { desired }, vertical }: Draft): CostedProposal {
  return { workload, desired, template: vertical?.decision.template ?? null };
}

function isConstrained({ workloads, headroom = [], nodePools = [], nodeScaler }: EngineConfig): boolean {
  const pools = [...nodePools, ...(nodeScaler?.pools ?? [])];
  return (
    [...workloads, ...headroom].some(({ scheduling }) => scheduling !== undefined) ||
    pools.some(({ taints = [] }) => taints.length > 0)
  );
}

function checkAllocations(allocations: readonly Allocation[]): string | null {
  const wrong = allocations.find(({ desired }) => !Number.isSafeInteger(desired) || desired < 0);
  return wrong === undefined ? null : `allocated replicas must be a whole number of at least 0, was ${wrong.desired}`;
}

function find<Known>(known: Readonly<Record<string, Known>>, name: string, kind: string): Known {
  if (Object.hasOwn(known, name)) return known[name];
  throw new Bug(`no ${kind} '${name}', known are ${Object.keys(known).join(', ')}`);
}
