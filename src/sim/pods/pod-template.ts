import type { PodResources } from '../../domain/pod-resources.js';
import type { PodSpec } from '../../domain/world-spec.js';
import { type PodForm, podForm, resized } from './pod-form.js';

/**
 * What the pods of a workload are created as: a revision of its Deployment, with other requests and limits where an admission webhook, as
 * that of the VerticalPodAutoscaler, sets them at creation. Pods of one revision that are created alike share one form.
 */
export class PodTemplate {
  /** By revision; the state before the run is 0. */
  private readonly bases: PodForm[];
  private forms: PodForm[] = [];
  private admitted: PodResources | null = null;

  constructor(spec: PodSpec) {
    this.bases = [podForm(spec)];
  }

  /** The newest revision. */
  get revision(): number {
    return this.bases.length - 1;
  }

  /** What a pod is made of that is created now. */
  form(revision = this.revision): PodForm {
    const { admitted, forms, bases } = this;
    forms[revision] ??= admitted === null ? bases[revision] : resized(bases[revision], admitted);
    return forms[revision];
  }

  /** Pods created from now on have other requests and limits. */
  setResources(resources: PodResources): void {
    this.admitted = resources;
    this.forms = [];
  }

  /** A new revision; what sets requests and limits at creation goes on doing so. */
  rollOut(spec: PodSpec, demandFactor: number): void {
    this.bases.push(podForm(spec, this.bases.length, demandFactor));
  }
}
