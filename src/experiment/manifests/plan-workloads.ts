import { budgetEntries } from './disruption-budget-manifest.js';
import { readHpa } from './hpa-manifest.js';
import { readLimitRange } from './limit-range-manifest.js';
import type { Manifest } from './manifest.js';
import { mayShareNamespace, requireTarget } from './match-target.js';
import { isRoute, readRoute } from './routes.js';
import { readScaledObject } from './scaled-object-manifest.js';
import { scenarioNames } from './scenario-names.js';
import { doorsTo } from './service-manifest.js';
import { verticalEntries } from './vertical-section.js';
import { isWorkload, readWorkload, type WorkloadManifest } from './workload-manifest.js';
import { resourcesOf, type Scaler, type WorkloadPlan } from './workload-plan.js';

/**
 * Brings together what belongs together: each workload with its autoscaler, defaults, Services and the rest.
 *
 * Throws InputError where a workload stands twice, is scaled twice, or an autoscaler names one that is not there.
 */
export function planWorkloads(manifests: readonly Manifest[]): readonly WorkloadPlan[] {
  const workloads = manifests.filter(isWorkload).map(readWorkload);
  refuseTwins(workloads);
  const of = (kind: string): readonly Manifest[] => manifests.filter((manifest) => manifest.kind === kind);
  const scalers = scalersOf(of, workloads);
  const ranges = of('LimitRange').map(readLimitRange);
  const routes = manifests.filter(isRoute).map(readRoute);
  const names = scenarioNames(workloads);
  return workloads.map((workload, i) => {
    const range = ranges.find(({ manifest }) => mayShareNamespace(manifest, workload.manifest)) ?? null;
    return {
      name: names[i],
      workload,
      scaler: scalers.get(workload) ?? { kind: 'none' },
      ...resourcesOf(workload, range),
      doors: doorsTo(workload, of('Service'), routes),
      extras: [
        ...budgetEntries(of('PodDisruptionBudget'), workload),
        ...verticalEntries(of('VerticalPodAutoscaler'), workload, workloads),
      ],
    };
  });
}

function refuseTwins(workloads: readonly WorkloadManifest[]): void {
  const seen = new Map<string, Manifest>();
  for (const { manifest } of workloads) {
    const twin = seen.get(manifest.title);
    if (twin !== undefined) {
      manifest.reject(
        ['metadata', 'name'],
        `must stand once, ${manifest.title} stands at ${twin.place()} as well`,
        'Give only the files that are applied together; kustomize build | hindcast import - does.',
      );
    }
    seen.set(manifest.title, manifest);
  }
}

function scalersOf(
  of: (kind: string) => readonly Manifest[],
  workloads: readonly WorkloadManifest[],
): ReadonlyMap<WorkloadManifest, Scaler> {
  const scalers = new Map<WorkloadManifest, Scaler>();
  const add = (from: Manifest, target: WorkloadManifest, scaler: Scaler): void => {
    const before = scalers.get(target);
    if (before !== undefined) refuseSecond(from, target, before);
    scalers.set(target, scaler);
  };
  const path = ['spec', 'scaleTargetRef'];
  for (const hpa of of('HorizontalPodAutoscaler').map(readHpa)) {
    add(hpa.manifest, requireTarget(hpa.manifest, path, hpa.target, workloads), { kind: 'hpa', hpa });
  }
  for (const scaledObject of of('ScaledObject').map(readScaledObject)) {
    const target = requireTarget(scaledObject.manifest, path, scaledObject.target, workloads);
    add(scaledObject.manifest, target, { kind: 'scaledObject', scaledObject });
  }
  return scalers;
}

function refuseSecond(from: Manifest, { manifest }: WorkloadManifest, before: Scaler): void {
  const first = before.kind === 'hpa' ? before.hpa : before.kind === 'scaledObject' ? before.scaledObject : null;
  if (first === null) return;
  from.reject(
    ['spec', 'scaleTargetRef'],
    `must be the only autoscaler of ${manifest.title}, which ${first.manifest.title} (${first.manifest.place()}) scales as well`,
    'Leave one of the two out.',
  );
}
