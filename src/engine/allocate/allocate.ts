import type { Rule } from '../../domain/decision.js';
import type { Allocation, AllocationRequest, Room, Shared } from './allocation.js';
import { bound } from './bounds.js';
import { FreeNodes } from './free-nodes.js';
import { QuotaRest } from './quota-rest.js';

interface Draft {
  desired: number;
  reason: string | null;
  readonly rules: Rule[];
}

/**
 * Stage 6: what each workload gets, in the order of the requests, which is their priority: its own bounds, then the quota over all
 * workloads, then whether the pods find a place. One answer for each request, in the same order.
 */
export function allocate(requests: readonly AllocationRequest[], shared: Shared): Allocation[] {
  const drafts = requests.map((request): Draft => {
    const { rule, reason } = bound(request);
    return { desired: rule?.after ?? request.desired, reason, rules: rule === null ? [] : [rule] };
  });
  applyQuota(requests, drafts, shared);
  reportCapacity(requests, drafts, shared.room);
  return drafts;
}

/**
 * A quota stops growth and evicts nobody: what a workload has already, and its minimum, is granted before anything new.
 * As Kubernetes' ResourceQuota, but that a minimum goes first.
 */
function applyQuota(requests: readonly AllocationRequest[], drafts: readonly Draft[], { quota }: Shared): void {
  if (quota.pods === null && quota.cpuMillis === null && quota.memoryMiB === null) return;
  const rest = new QuotaRest(quota);
  const granted = requests.map(({ from, workload }, i) =>
    Math.min(drafts[i].desired, Math.max(from ?? Infinity, workload.minReplicas)),
  );
  requests.forEach(({ workload }, i) => {
    rest.take(workload, granted[i]);
  });
  requests.forEach(({ workload }, i) => {
    const draft = drafts[i];
    const before = draft.desired;
    const wanted = before - granted[i];
    const { most, limit } = rest.room(workload);
    const given = Math.min(wanted, most);
    rest.take(workload, given);
    if (given === wanted) return;
    draft.desired = granted[i] + given;
    draft.reason = 'quota';
    draft.rules.push({
      rule: 'quota',
      before,
      after: draft.desired,
      numbers: { resource: limit, ...rest.numbers(limit) },
    });
  });
}

/** Pods without a place stay pending, as in Kubernetes, and pull in new nodes where something provides them; so the number stays, and is explained. */
function reportCapacity(
  requests: readonly AllocationRequest[],
  drafts: readonly Draft[],
  room: () => readonly Room[] | null,
): void {
  let free: FreeNodes | null = null;
  for (let i = 0; i < requests.length; i += 1) {
    const { workload, placed } = requests[i];
    const { desired, rules } = drafts[i];
    const needed = desired - placed;
    if (needed <= 0 || workload.pool !== undefined) continue;
    if (free === null) {
      const rooms = room();
      if (rooms === null) return;
      free = new FreeNodes(rooms);
    }
    const fits = free.place(workload, needed);
    if (fits === needed) continue;
    rules.push({
      rule: 'capacity',
      before: desired,
      after: desired,
      numbers: { needed, fits, pending: needed - fits, ...free.left() },
    });
  }
}
