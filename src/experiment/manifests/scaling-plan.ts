import type { Registries } from '../../engine/registries.js';
import type { Draft, Remark } from './draft.js';
import { field, guessed, known, notUsed, section } from './draft-parts.js';
import type { HpaManifest } from './hpa-manifest.js';
import { hpaSection, type HpaSources } from './hpa-section.js';
import { kedaSection } from './keda-section.js';
import type { Manifest } from './manifest.js';
import type { ScaledObjectManifest } from './scaled-object-manifest.js';
import type { ScalingMetric } from './scaling-metric.js';
import type { WorkloadManifest } from './workload-manifest.js';
import type { WorkloadPlan } from './workload-plan.js';
import type { Path } from '../scenario/tree.js';

/** A bound of the replicas and where it stands. */
export interface Bound {
  readonly count: number;
  readonly comment: string;
}

/** What decides about the replicas of a workload. */
export interface ScalingPlan {
  readonly scaling: Draft;
  /** Null where nothing scales it. */
  readonly bounds: { readonly min: Bound; readonly max: Bound } | null;
  /** The metrics that the scenario follows. */
  readonly metrics: readonly ScalingMetric[];
  readonly remarks: readonly Remark[];
}

/** Chooses the nearest policy to what scales a workload. Throws InputError at a field that cannot be read. */
export function scalingPlan(plan: WorkloadPlan, registries: Registries): ScalingPlan {
  const { scaler, workload } = plan;
  if (scaler.kind === 'hpa') return ofHpa(scaler.hpa, workload, registries);
  if (scaler.kind === 'scaledObject') return ofScaledObject(scaler.scaledObject, workload, registries);
  const scaling = section([field('policy', known('fixed', 'no autoscaler names it'))]);
  return { scaling, bounds: null, metrics: [], remarks: [] };
}

function ofHpa(hpa: HpaManifest, workload: WorkloadManifest, registries: Registries): ScalingPlan {
  const { manifest, metrics, behavior } = hpa;
  const sources = { manifest, metrics, behavior, behaviorPath: ['spec', 'behavior'], workload };
  const min = lowest(manifest, hpa.min ?? 1, ['spec', 'minReplicas'], 'minReplicas');
  const max = { count: hpa.max, comment: manifest.origin(['spec', 'maxReplicas'], 'maxReplicas') };
  return { ...followed(sources, registries, min.remarks), bounds: { min: min.bound, max } };
}

function ofScaledObject(
  scaledObject: ScaledObjectManifest,
  workload: WorkloadManifest,
  registries: Registries,
): ScalingPlan {
  const { manifest, max } = scaledObject;
  const min = lowest(manifest, scaledObject.min, ['spec', 'minReplicaCount'], 'minReplicaCount');
  const bounds = {
    min: min.bound,
    max: { count: max, comment: manifest.origin(['spec', 'maxReplicaCount'], 'maxReplicaCount') },
  };
  const keda = kedaSection(scaledObject, workload, registries);
  if (keda === null) return { ...unfollowed(manifest, min.remarks), bounds };
  return { scaling: keda.scaling, metrics: keda.used, remarks: [...keda.remarks, ...min.remarks], bounds };
}

/** The hpa policy on the metrics that this version can follow; a fixed number where it can follow none. */
function followed(
  sources: HpaSources,
  registries: Registries,
  remarks: readonly Remark[],
): Omit<ScalingPlan, 'bounds'> {
  const { scaling, used, rest } = hpaSection(sources, registries);
  if (scaling !== null) return { scaling, metrics: used, remarks };
  return unfollowed(sources.manifest, remarks, rest);
}

function unfollowed(
  manifest: Manifest,
  remarks: readonly Remark[],
  rest: readonly Remark[] = [],
): Omit<ScalingPlan, 'bounds'> {
  const fixed = guessed('fixed', {
    topic: 'scaling',
    why: `${manifest.place()} ${manifest.title} scales by nothing that this version can follow, so that the replicas stay as they are`,
    measure: 'a policy of your own choice here: hindcast list policies',
  });
  return { scaling: section([field('policy', fixed), ...rest]), metrics: [], remarks };
}

function lowest(manifest: Manifest, count: number, path: Path, words: string): { bound: Bound; remarks: Remark[] } {
  if (count > 0) return { bound: { count, comment: manifest.origin(path, words) }, remarks: [] };
  return {
    bound: { count: 1, comment: `${manifest.origin(path, words)} is 0` },
    remarks: [notUsed(manifest, path, `${words} 0`, 'one pod stays: at none, requests would be refused')],
  };
}
