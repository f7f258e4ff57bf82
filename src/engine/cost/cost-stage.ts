import type { StageOutcome } from '../../domain/decision.js';
import type { Budget, EngineWorkload } from '../../domain/engine-config.js';
import type { PodResources } from '../../domain/pod-resources.js';

/** What one workload asks for, before anybody limits it. */
export interface CostedProposal {
  readonly workload: EngineWorkload;
  readonly desired: number;
  /** What a pod that were created now would get; null means what its manifest says. */
  readonly template: PodResources | null;
}

/** What replicas cost. */
export interface Costs {
  readonly outcome: StageOutcome;
  /** Of one replica of each workload, in USD an hour; null where money is no object. */
  readonly replicaPerHour: readonly number[] | null;
}

/** Stage 5: what the proposals cost. It leaves them as they are; what a budget does not pay for is taken off by stage 6. */
export function costStage(proposals: readonly CostedProposal[], budget: Budget | undefined): Costs {
  if (budget === undefined) return { outcome: notConfigured, replicaPerHour: null };
  const replicaPerHour = proposals.map((proposal) => priceOf(proposal, budget));
  const total = proposals.reduce((sum, { desired }, i) => sum + desired * replicaPerHour[i], 0);
  const note = `what is asked for costs $${total.toFixed(2)} an hour of $${budget.perHour.toFixed(2)}`;
  return { outcome: { stage: 'cost', status: 'ran', note }, replicaPerHour };
}

/** As OpenCost allocates: by what is requested, what nobody requests of a node being nobody's. */
function priceOf({ workload, template }: CostedProposal, budget: Budget): number {
  if (workload.pool !== undefined) return budget.machines[workload.pool] ?? 0;
  const cores = (template?.cpuRequestMillis ?? workload.cpuRequestMillis ?? 0) / 1000;
  const gib = (template?.memoryRequestMiB ?? workload.memoryRequestMiB ?? 0) / 1024;
  return budget.podPerHour + cores * budget.corePerHour + gib * budget.gibPerHour;
}

const notConfigured: StageOutcome = { stage: 'cost', status: 'neutral', note: 'not configured' };
