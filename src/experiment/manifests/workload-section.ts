import type { Registries } from '../../engine/registries.js';
import { callHints } from './call-hints.js';
import type { Remark, Section } from './draft.js';
import { field, section, unknown } from './draft-parts.js';
import type { SuppliedText } from './import-options.js';
import { podCores, podSection } from './pod-section.js';
import { placeholderRate } from './placeholder-rate.js';
import { replicasDraft } from './replicas-draft.js';
import { requestCost } from './request-cost.js';
import { scalingPlan } from './scaling-plan.js';
import type { ScalingMetric } from './scaling-metric.js';
import type { WorkloadPlan } from './workload-plan.js';

/** A workload of the scenario, and what other sections need to know of it. */
export interface DraftedWorkload {
  readonly plan: WorkloadPlan;
  readonly section: Section;
  readonly maxPods: number;
  /** Requests a second that suit the pods of the start. */
  readonly suitableRate: number;
}

/** Drafts one workload. `serviceTime` is what somebody else knows of its requests, null where nobody does. */
export function workloadSection(
  plan: WorkloadPlan,
  all: readonly WorkloadPlan[],
  serviceTime: SuppliedText | null,
  registries: Registries,
): DraftedWorkload {
  const { workload } = plan;
  const scaling = scalingPlan(plan, registries);
  const cores = podCores(plan, scaling.metrics);
  const cost = requestCost(serviceTime, scaling.metrics, cores.usable, workload.manifest.name);
  const replicas = replicasDraft(workload, scaling);
  const drafted = section(
    [
      field('pod', podSection(plan, scaling.metrics)),
      field('serve', section([field('cpu', cost.leaf), callHints(plan, all)])),
      field('replicas', replicas.draft),
      ...missingRequests(plan, scaling.metrics),
      field('scaling', scaling.scaling),
      ...scaling.remarks,
      ...plan.extras,
    ],
    workload.manifest.origin([], workload.manifest.title),
  );
  return {
    plan,
    section: drafted,
    maxPods: scaling.bounds?.max.count ?? replicas.initial,
    suitableRate: placeholderRate(replicas.initial, cores, scaling.metrics, cost.meanSeconds),
  };
}

/** Kubernetes' autoscaler gives up on utilization where one container has no request. */
function missingRequests(plan: WorkloadPlan, metrics: readonly ScalingMetric[]): readonly Remark[] {
  return (['cpu', 'memory'] as const).flatMap((resource) => {
    const isMeasured = metrics.some(({ name, target }) => name === resource && target.type === 'Utilization');
    const missing = plan[resource].withoutRequest;
    if (!isMeasured || missing.length === 0) return [];
    const why = `container ${missing.join(', ')} has no ${resource} request, so that Kubernetes' autoscaler ends in FailedGetResourceMetric and holds; here it scales`;
    return [unknown({ topic: 'request', why, measure: `kubectl top pod --containers, for the missing request` })];
  });
}
