import { Bug } from '../../domain/errors.js';
import type { Micros } from '../../kernel/micros.js';
import type { CutCause } from '../data-plane.js';
import type { PodScheduler } from '../nodes/pod-scheduler.js';
import type { SimContext } from '../sim-context.js';
import { createPod } from './create-pod.js';
import type { Pod } from './pod.js';
import type { PodCreation } from './pod-creation.js';
import type { SimWorkload } from './sim-workload.js';

/** Why pods that are too many are deleted, and to whose account what they lose is. */
export interface DeletionCause {
  readonly reason: string;
  readonly cause: CutCause;
}

const SCALED: DeletionCause = { reason: 'scaled down', cause: 'scaling' };

/** What replica sets work with. */
export interface ReplicaSetParts {
  readonly context: SimContext;
  readonly workload: SimWorkload;
  readonly scheduler: PodScheduler;
  /** The order in which some of its pods are deleted, `related` being all its active pods. */
  readonly order: (pods: readonly Pod[], related: Iterable<Pod>, now: Micros) => Pod[];
}

/**
 * Keeps as many active pods of one revision as were asked for: all missing ones are created at once, unless the rate of creation is limited.
 * While a synchronisation creates pods it is deaf to what is asked for meanwhile.
 */
export class ReplicaSet {
  /** Pods asked for. */
  wanted = 0;
  /** Replicas and surge of its workload when that number was last set by them. Source: Kubernetes, MaxReplicasAnnotation. */
  maxReplicas = 0;
  /** Null where pods are created at once, as they are before the run. */
  creation: PodCreation | null = null;
  private creating = false;
  private why = SCALED;

  constructor(
    readonly revision: number,
    private readonly parts: ReplicaSetParts,
  ) {}

  /** Its pods that were not asked to stop. */
  active(): Pod[] {
    return [...this.parts.workload.pods].filter((pod) => pod.active && pod.form.revision === this.revision);
  }

  /** How many of them have been ready for so long. */
  available(now: Micros, minReadyMicros: Micros): number {
    const since = now - minReadyMicros;
    return this.active().reduce((n, { readySince }) => (readySince !== null && readySince <= since ? n + 1 : n), 0);
  }

  /** Another number of pods is asked for; they are created or deleted in the same instant. */
  resize(wanted: number, now: Micros, why: DeletionCause = SCALED): void {
    if (!Number.isInteger(wanted) || wanted < 0) {
      const { name } = this.parts.workload.spec;
      throw new Bug(`replicas of ${name} must be a whole number of at least 0, was ${wanted}`);
    }
    this.wanted = wanted;
    this.why = why;
    this.reconcile(now);
  }

  /** Creates the pods that are missing, or deletes those that are too many. */
  reconcile(now: Micros): void {
    if (this.creating) return;
    const active = this.active();
    const missing = this.wanted - active.length;
    if (missing > 0) this.create(missing, now);
    if (missing >= 0) return;
    const { reason, cause } = this.why;
    const { workload, order } = this.parts;
    const related = [...workload.pods].filter((pod) => pod.active);
    for (const pod of order(active, related, now).slice(0, -missing)) {
      workload.lifecycle.terminate(pod, reason, now, cause);
    }
  }

  private create(count: number, now: Micros): void {
    const { scheduler } = this.parts;
    if (this.creation === null) {
      scheduler.admit(
        Array.from({ length: count }, () => this.one(now)),
        now,
      );
      return;
    }
    this.creating = true;
    this.creation.create(
      count,
      (at) => scheduler.admit([this.one(at)], at),
      (at) => {
        this.creating = false;
        this.reconcile(at);
      },
    );
  }

  private one(now: Micros): Pod {
    const { context, workload } = this.parts;
    return createPod(context, workload, workload.template.form(this.revision), now);
  }
}
