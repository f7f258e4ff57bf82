import type { HpaManifest } from './hpa-manifest.js';
import type { LimitRangeManifest } from './limit-range-manifest.js';
import { podResource, type PodResource } from './pod-resources.js';
import type { ScaledObjectManifest } from './scaled-object-manifest.js';
import type { Field, Remark } from './draft.js';
import type { Manifest } from './manifest.js';
import type { WorkloadManifest } from './workload-manifest.js';

/** What scales a workload. */
export type Scaler =
  | { readonly kind: 'none' }
  | { readonly kind: 'hpa'; readonly hpa: HpaManifest }
  | { readonly kind: 'scaledObject'; readonly scaledObject: ScaledObjectManifest };

/** A workload with everything that the manifests say about it. */
export interface WorkloadPlan {
  /** Its name in the scenario. */
  readonly name: string;
  readonly workload: WorkloadManifest;
  readonly scaler: Scaler;
  readonly cpu: PodResource;
  readonly memory: PodResource;
  /** Places of the Services that lead to it: those that a route names first, then those open to the outside. */
  readonly doors: readonly Door[];
  /** Its disruption budget and vertical autoscaler, and what else speaks of it and is not simulated, as budgets without a bound. */
  readonly extras: readonly (Field | Remark)[];
}

/** A Service that leads to a workload. */
export interface Door {
  readonly service: Manifest;
  readonly name: string;
  readonly place: string;
  /** Of type LoadBalancer or NodePort. */
  readonly isPublic: boolean;
  /** The first Ingress or HTTPRoute that names it; null where none does. */
  readonly route: Manifest | null;
}

/** What a pod of a workload asks for and may use. */
export function resourcesOf(
  workload: WorkloadManifest,
  defaults: LimitRangeManifest | null,
): Pick<WorkloadPlan, 'cpu' | 'memory'> {
  return {
    cpu: podResource(workload, 'cpu', defaults),
    memory: podResource(workload, 'memory', defaults),
  };
}
