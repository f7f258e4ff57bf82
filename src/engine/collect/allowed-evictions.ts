import { desiredHealthy } from '../../domain/desired-healthy.js';
import type { EnginePods } from '../../domain/engine-config.js';
import type { DisruptionBudget } from '../../domain/scheduling/disruption-budget.js';
import type { WorkloadView } from './workload-view.js';

/** What the disruption budget of a workload allows at present; null where it has none, or nobody has said how many replicas there should be. */
export function allowedEvictions(
  { name, disruptionBudget }: EnginePods,
  {
    specReplicas,
    census,
  }: { readonly specReplicas: number | null; readonly census: ReturnType<WorkloadView['census']> },
): DisruptionBudget | null {
  if (disruptionBudget === undefined || specReplicas === null) return null;
  const healthy = census.views.filter(({ ready, terminating }) => ready === true && !terminating).length;
  const allowed = Math.max(0, healthy - desiredHealthy(disruptionBudget, specReplicas));
  return { name, selector: { matchLabels: { app: name } }, allowed };
}
