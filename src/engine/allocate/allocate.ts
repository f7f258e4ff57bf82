import type { Rule } from '../../domain/decision.js';
import type { Allocation, AllocationRequest, Shared } from './allocation.js';
import { bound } from './bounds.js';
import { FreeNodes } from './free-nodes.js';
import { type BudgetClaim, grantWithin } from './grant-within.js';
import { QuotaRest } from './quota-rest.js';

interface Draft {
  desired: number;
  reason: string | null;
  readonly rules: Rule[];
}

/**
 * Stage 6: what each workload gets, the one of higher priority before the others, and those of equal priority in the order of the requests:
 * its own bounds, then the quota over all workloads, then the money they may cost, then whether the pods find a place. One answer for each
 * request, in their order.
 */
export function allocate(requests: readonly AllocationRequest[], shared: Shared): Allocation[] {
  const drafts = requests.map((request): Draft => {
    const { rule, reason } = bound(request);
    return { desired: rule?.after ?? request.desired, reason, rules: rule === null ? [] : [rule] };
  });
  const order = byPriority(requests);
  applyQuota(requests, drafts, shared, order);
  if (shared.budgetPerHour !== undefined) applyBudget(requests, drafts, shared.budgetPerHour);
  reportCapacity(requests, drafts, shared, order);
  return drafts;
}

/** Positions of the requests in the order in which they are served. */
function byPriority(requests: readonly AllocationRequest[]): readonly number[] {
  return requests.map((_, i) => i).sort((a, b) => priorityOf(requests[b]) - priorityOf(requests[a]));
}

function priorityOf({ workload }: AllocationRequest): number {
  return workload.scheduling?.priority ?? 0;
}

/**
 * A quota stops growth and evicts nobody: what a workload has already, and its minimum, is granted before anything new.
 * As Kubernetes' ResourceQuota, but that a minimum goes first.
 */
function applyQuota(
  requests: readonly AllocationRequest[],
  drafts: readonly Draft[],
  { quota }: Shared,
  order: readonly number[],
): void {
  if (quota.pods === null && quota.cpuMillis === null && quota.memoryMiB === null) return;
  const rest = new QuotaRest(quota);
  const granted = requests.map(({ from, workload }, i) =>
    Math.min(drafts[i].desired, Math.max(from ?? Infinity, workload.minReplicas)),
  );
  requests.forEach(({ workload }, i) => {
    rest.take(workload, granted[i]);
  });
  const served: { readonly priority: number; readonly pods: number }[] = [];
  for (const i of order) {
    const { workload } = requests[i];
    const draft = drafts[i];
    const before = draft.desired;
    const wanted = before - granted[i];
    const { most, limit } = rest.room(workload);
    const given = Math.min(wanted, most);
    rest.take(workload, given);
    const priority = priorityOf(requests[i]);
    served.push({ priority, pods: given });
    if (given === wanted) continue;
    draft.desired = granted[i] + given;
    draft.reason = 'quota';
    draft.rules.push({
      rule: 'quota',
      before,
      after: draft.desired,
      numbers: { resource: limit, ...rest.numbers(limit), ...aheadOf(priority, served) },
    });
  }
}

/**
 * Unlike a quota, a budget takes away what there is: with what the highest priorities need, those below are left with their minima. A
 * workload of which nobody has said how many replicas it has is left alone.
 */
function applyBudget(requests: readonly AllocationRequest[], drafts: readonly Draft[], budgetPerHour: number): void {
  const claims = requests.map((request, i): BudgetClaim => {
    const { from, workload, replicaPerHour: price = 0 } = request;
    const wanted = drafts[i].desired;
    const least = from === null ? wanted : Math.min(wanted, workload.minReplicas);
    return { least, wanted, price, priority: priorityOf(request) };
  });
  const { granted, leastPerHour, leftPerHour } = grantWithin(claims, budgetPerHour);
  claims.forEach(({ wanted, price, priority }, i) => {
    const [draft, after] = [drafts[i], granted[i]];
    if (leastPerHour > budgetPerHour) {
      const numbers = { minimaPerHour: leastPerHour, budgetPerHour };
      draft.rules.push({ rule: 'minima-above-budget', before: after, after, numbers });
    }
    if (after === wanted) return;
    const higher = claims.reduce((sum, one, j) => sum + (one.priority > priority ? granted[j] * one.price : 0), 0);
    const ahead: Rule['numbers'] = higher === 0 ? {} : { priority, aheadPerHour: higher };
    const numbers = { budgetPerHour, leftPerHour, podPerHour: price, cutPerHour: (wanted - after) * price, ...ahead };
    draft.desired = after;
    draft.reason = 'budget';
    draft.rules.push({ rule: 'budget', before: wanted, after, numbers });
  });
}

/** How many pods those of higher priority were given before; nothing where they were given none. */
function aheadOf(
  priority: number,
  served: readonly { readonly priority: number; readonly pods: number }[],
): Record<string, number> {
  const higher = served.filter((other) => other.priority > priority);
  const ahead = higher.reduce((sum, { pods }) => sum + pods, 0);
  return ahead === 0 ? {} : { priority, ahead };
}

/** Pods without a place stay pending, as in Kubernetes, and pull in new nodes where something provides them; so the number stays, and is explained. */
function reportCapacity(
  requests: readonly AllocationRequest[],
  drafts: readonly Draft[],
  { room, trial }: Shared,
  order: readonly number[],
): void {
  const neededBy = (i: number): number => drafts[i].desired - requests[i].placed;
  const growing = order.filter((i) => neededBy(i) > 0 && requests[i].workload.pool === undefined);
  const rooms = growing.length === 0 ? null : room();
  if (rooms === null) return;
  const free = new FreeNodes(rooms);
  const constrained = trial?.() ?? null;
  for (const i of growing) {
    const { workload } = requests[i];
    const { desired, rules } = drafts[i];
    const needed = neededBy(i);
    const fits = constrained?.place(workload, needed) ?? free.place(workload, needed);
    if (constrained !== null) free.place(workload, fits);
    if (fits === needed) continue;
    rules.push({
      rule: 'capacity',
      before: desired,
      after: desired,
      numbers: { needed, fits, pending: needed - fits, ...free.left() },
    });
  }
}
