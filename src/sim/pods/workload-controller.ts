import type { Micros } from '../../kernel/micros.js';
import { Bug } from '../../domain/errors.js';
import { podSize, type PodSize } from '../nodes/pod-size.js';
import type { Scheduler } from '../nodes/scheduler.js';
import type { SimContext } from '../sim-context.js';
import { deletionOrder } from './deletion-order.js';
import { createPod } from './create-pod.js';
import type { Pod } from './pod.js';
import type { PodCreation } from './pod-creation.js';
import type { ReplicaController } from './replica-controller.js';
import type { SimWorkload } from './sim-workload.js';

/**
 * Keeps as many active pods of one workload as were asked for, as a Deployment does: all missing ones are created at once, unless the
 * rate of creation is limited. While a synchronisation creates pods it is deaf to what is asked for meanwhile.
 */
export class WorkloadController implements ReplicaController {
  private wanted = 0;
  private creating = false;
  /** Null where pods are created at once, as they are before the run. */
  private creation: PodCreation | null = null;
  private readonly size: PodSize;

  constructor(
    private readonly context: SimContext,
    private readonly workload: SimWorkload,
    private readonly scheduler: Scheduler,
  ) {
    this.size = podSize(workload.spec.pod);
  }

  /** Replicas asked for. */
  get replicas(): number {
    return this.wanted;
  }

  /** The run begins: from now on pods are created at a limited rate. */
  limit(creation: PodCreation): void {
    this.creation = creation;
  }

  /** Another number of replicas is asked for; pods are created or deleted in the same instant. */
  setReplicas(replicas: number, now: Micros): void {
    const { name } = this.workload.spec;
    if (!Number.isInteger(replicas) || replicas < 0) {
      throw new Bug(`replicas of ${name} must be a whole number of at least 0, was ${replicas}`);
    }
    this.wanted = replicas;
    this.context.emit({ type: 'replicasSet', at: now, workload: name, replicas });
    this.reconcile(now);
  }

  /** Creates the pods that are missing, or deletes those that are too many. */
  reconcile(now: Micros): void {
    if (this.creating) return;
    const active = [...this.workload.pods].filter((pod) => pod.active);
    const missing = this.wanted - active.length;
    if (missing > 0) this.create(missing, now);
    if (missing < 0) {
      for (const pod of deletionOrder(active).slice(0, -missing)) {
        this.workload.lifecycle.terminate(pod, 'scaled down', now);
      }
    }
  }

  private create(count: number, now: Micros): void {
    if (this.creation === null) {
      this.scheduler.admit(
        Array.from({ length: count }, () => this.one(now)),
        now,
      );
      return;
    }
    this.creating = true;
    this.creation.create(
      count,
      (at) => this.scheduler.admit([this.one(at)], at),
      (at) => {
        this.creating = false;
        this.reconcile(at);
      },
    );
  }

  private one(now: Micros): Pod {
    return createPod(this.context, this.workload, this.size, now);
  }
}
