import type { Unused } from './imported-scenario.js';
import type { Manifest } from './manifest.js';
import { mayShareNamespace } from './match-target.js';
import { isRoute, readRoute, routeTo } from './routes.js';
import { doorsTo } from './service-manifest.js';
import { isBudgetOf } from './disruption-budget-manifest.js';
import { isVerticalOf } from './vertical-section.js';
import type { WorkloadPlan } from './workload-plan.js';
import type { WorkloadManifest } from './workload-manifest.js';

type Belongs = (manifest: Manifest, workload: WorkloadManifest, all: readonly WorkloadManifest[]) => boolean;

/** How each kind that only accompanies a workload belongs to it. */
const belongs: ReadonlyMap<string, Belongs> = new Map<string, Belongs>([
  ['Service', (manifest, workload) => doorsTo(workload, [manifest]).length > 0],
  ['PodDisruptionBudget', (manifest, workload) => isBudgetOf(manifest, workload)],
  ['VerticalPodAutoscaler', (manifest, workload, all) => isVerticalOf(manifest, workload, all)],
  ['LimitRange', (manifest, workload) => mayShareNamespace(manifest, workload.manifest)],
]);

/** Manifests that are about no workload of those given, and therefore say nothing here. */
export function strayManifests(manifests: readonly Manifest[], plans: readonly WorkloadPlan[]): readonly Unused[] {
  const workloads = plans.map(({ workload }) => workload);
  return manifests.flatMap((manifest) => {
    if (isRoute(manifest))
      return leads(manifest, plans) ? [] : [strayOf(manifest, 'names no Service of the workloads')];
    const test = belongs.get(manifest.kind);
    if (test === undefined || workloads.some((workload) => test(manifest, workload, workloads))) return [];
    return [strayOf(manifest, 'belongs to none of the workloads')];
  });
}

function leads(manifest: Manifest, plans: readonly WorkloadPlan[]): boolean {
  return plans.some(({ doors }) => doors.some((door) => routeTo(door.service, [readRoute(manifest)]) !== null));
}

function strayOf(manifest: Manifest, why: string): Unused {
  return { place: manifest.place(), what: manifest.title, why };
}
