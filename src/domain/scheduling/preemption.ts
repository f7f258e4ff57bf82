import type { ClusterPlan } from './cluster-plan.js';
import { TextHash } from '../../kernel/text-hash.js';
import { type DisruptionBudget, RemainingBudgets } from './disruption-budget.js';
import type { NodePlan } from './node-plan.js';
import type { PlanPod } from './plan-pod.js';
import type { Refusal } from './refusal.js';

/** Room made for a pod by driving out others. */
export interface Preemption {
  readonly node: NodePlan;
  /** The most important first. */
  readonly victims: readonly PlanPod[];
  /** Victims that a disruption budget would have kept. */
  readonly violations: number;
}

/** Why a pod cannot be on a node, those that are promised a place there counted; null where it can. */
export type RefusalOf = (pod: PlanPod, node: NodePlan) => Refusal | null;

/** What no pod that goes could mend. */
const HOPELESS: ReadonlySet<Refusal> = new Set(['closed', 'taint', 'memory-pressure', 'node-affinity']);

/**
 * The node where a pod finds room at the least cost to pods of lower priority, and who must go; null where there is none.
 *
 * As the scheduler's DefaultPreemption: on each node all lower pods go in thought, then come back as far as they fit, first those that
 * a budget keeps, then by importance. The node with the fewest violations wins, then the least important of the most important
 * victims, then the smallest sum of priorities, then the fewest victims, then the victim started last; then the first. Like the scheduler
 * it is content with a hundred nodes that would do, or a tenth of those where room could be made, if a budget lets one of them; it begins at
 * a node drawn by the name of the pod. Among up to a hundred all are looked at, from the first on. The plan is as before afterwards.
 *
 * Source: Kubernetes, pkg/scheduler/framework/preemption/preemption.go, with minCandidateNodesPercentage 10 and minCandidateNodesAbsolute 100.
 */
export function findPreemption(
  plan: ClusterPlan,
  pod: PlanPod,
  budgets: readonly DisruptionBudget[],
  refusalOf: RefusalOf = (one, node) => plan.refusal(one, node),
): Preemption | null {
  if (!pod.requirements.preempts) return null;
  const nodes = [...plan.nodes()].filter((node) => {
    const refusal = refusalOf(pod, node);
    return refusal !== null && !HOPELESS.has(refusal);
  });
  const enough = enoughOf(nodes.length);
  const offset = enough < nodes.length ? new TextHash().add(pod.name).words()[0] % nodes.length : 0;
  let best: Preemption | null = null;
  let candidates = 0;
  for (let i = 0; i < nodes.length; i += 1) {
    const found = victimsOn({ plan, pod, refusalOf }, nodes[(offset + i) % nodes.length], budgets);
    if (found === null) continue;
    candidates += 1;
    if (best === null || isCheaper(found, best)) best = found;
    if (candidates >= enough && best.violations === 0) break;
  }
  return best;
}

/** How many nodes that would do are looked at. */
function enoughOf(nodes: number): number {
  return Math.min(nodes, Math.max(100, Math.floor(nodes / 10)));
}

interface Search {
  readonly plan: ClusterPlan;
  readonly pod: PlanPod;
  readonly refusalOf: RefusalOf;
}

function victimsOn(search: Search, node: NodePlan, budgets: readonly DisruptionBudget[]): Preemption | null {
  const { plan, pod, refusalOf } = search;
  const lower = node.pods
    .filter(({ requirements }) => requirements.priority < pod.requirements.priority)
    .sort(byImportance);
  if (lower.length === 0) return null;
  plan.fork();
  for (const other of lower) plan.take(other, node);
  const victims: PlanPod[] = [];
  let violations = 0;
  const possible = refusalOf(pod, node) === null;
  if (possible) {
    const { violating, allowed } = new RemainingBudgets(budgets).split(lower);
    const gone = reprieve(search, node, violating);
    violations = gone.length;
    victims.push(...gone, ...reprieve(search, node, allowed));
  }
  plan.revert();
  return possible ? { node, victims: victims.sort(byImportance), violations } : null;
}

/** Lets pods come back as far as the new one still fits, and says who cannot. */
function reprieve({ plan, pod, refusalOf }: Search, node: NodePlan, pods: readonly PlanPod[]): readonly PlanPod[] {
  return pods.filter((other) => {
    plan.place(other, node);
    if (refusalOf(pod, node) === null) return false;
    plan.take(other, node);
    return true;
  });
}

/** Higher priority first, then who has run longer. */
function byImportance(a: PlanPod, b: PlanPod): number {
  return b.requirements.priority - a.requirements.priority || startOf(a) - startOf(b);
}

function startOf({ startedAt }: PlanPod): number {
  return startedAt ?? Number.MAX_SAFE_INTEGER;
}

/** Among figures in the order in which they count, the first that differs decides. */
function isCheaper(one: Preemption, other: Preemption): boolean {
  const [mine, theirs] = [costs(one), costs(other)];
  const at = mine.findIndex((cost, i) => cost !== theirs[i]);
  return at >= 0 && mine[at] < theirs[at];
}

function costs({ victims, violations }: Preemption): readonly number[] {
  const highest = victims[0].requirements.priority;
  // Priorities may be negative: as the scheduler does, all are shifted, so that fewer victims never cost more.
  const sum = victims.reduce((total, { requirements }) => total + requirements.priority + 2 ** 31, 0);
  const firstOfHighest = victims.filter(({ requirements }) => requirements.priority === highest).map(startOf);
  return [violations, highest, sum, victims.length, -Math.min(...firstOfHighest)];
}
