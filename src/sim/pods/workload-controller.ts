import { Bug } from '../../domain/errors.js';
import type { RolloutRecord } from '../../domain/measurement.js';
import type { Micros } from '../../kernel/micros.js';
import type { PodCreation } from './pod-creation.js';
import type { ReplicaController } from './replica-controller.js';
import { ReplicaSet, type ReplicaSetParts } from './replica-set.js';
import { Rollouts } from './rollouts.js';

/**
 * Keeps as many active pods of one workload as were asked for, as a Deployment does: in one replica set, but while a new revision takes the
 * place of earlier ones.
 */
export class WorkloadController implements ReplicaController {
  private wanted = 0;
  private readonly first: ReplicaSet;
  /** Null where there is only one revision. */
  private readonly rollouts: Rollouts | null;

  constructor(private readonly parts: ReplicaSetParts) {
    const { spec } = parts.workload;
    this.first = new ReplicaSet(0, parts);
    this.rollouts = (spec.rollouts ?? []).length === 0 ? null : new Rollouts(parts, this.first);
  }

  /** Replicas asked for. */
  get replicas(): number {
    return this.wanted;
  }

  /** What became of new revisions, in order. */
  get records(): readonly RolloutRecord[] {
    return this.rollouts?.records ?? [];
  }

  /** The run begins: from now on pods are created at a limited rate. */
  limit(creation: PodCreation): void {
    this.first.creation = creation;
  }

  /** Another number of replicas is asked for; pods are created or deleted in the same instant. */
  setReplicas(replicas: number, now: Micros): void {
    const { context, workload } = this.parts;
    this.wanted = replicas;
    context.emit({ type: 'replicasSet', at: now, workload: workload.spec.name, replicas });
    if (this.rollouts === null) this.first.resize(replicas, now);
    else this.rollouts.scale(replicas, now);
  }

  setRevisions(replicas: Readonly<Record<string, number>>, now: Micros): void {
    if (this.rollouts === null)
      throw new Bug(`${this.parts.workload.spec.name} must have rollouts to be asked for by revision`);
    this.rollouts.resizeTo(replicas, now);
  }

  /** Creates the pods that are missing, or deletes those that are too many. */
  reconcile(now: Micros): void {
    if (this.rollouts === null) this.first.reconcile(now);
    else this.rollouts.reconcile(now);
  }
}
