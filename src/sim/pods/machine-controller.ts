import { Bug } from '../../domain/errors.js';
import type { Micros } from '../../kernel/micros.js';
import type { Node } from '../nodes/node.js';
import type { MachineUse, NodeGroup } from '../nodes/node-group.js';
import type { SimContext } from '../sim-context.js';
import { createPod } from './create-pod.js';
import type { Pod } from './pod.js';
import type { ReplicaController } from './replica-controller.js';
import type { SimWorkload } from './sim-workload.js';

/**
 * The replicas of a workload that runs on machines of its own, one process on each: a replica is asked for, comes up and leaves with its
 * machine. A process that is gone while its machine lives is started again there at once, as by systemd.
 */
export class MachineController implements ReplicaController, MachineUse {
  private readonly processes = new Map<Node, Pod>();

  constructor(
    private readonly context: SimContext,
    private readonly workload: SimWorkload,
    private readonly group: NodeGroup,
  ) {}

  get replicas(): number {
    return this.group.wanted;
  }

  /** Machines are not created through the API server of a cluster: nothing limits them here. */
  limit(): void {}

  setReplicas(replicas: number, now: Micros): void {
    this.group.ask(replicas, [], now);
  }

  setRevisions(): void {
    throw new Bug(`machines of ${this.workload.spec.name} must not be asked for by revision, as they have none`);
  }

  reconcile(now: Micros): void {
    for (const node of this.group.members) {
      if (node.state !== 'ready' || !node.alive || this.processes.get(node)?.removedAt === null) continue;
      this.launched(node, now);
      this.bind(node, now);
    }
  }

  launched(node: Node, now: Micros): void {
    const pod = createPod(this.context, this.workload, this.workload.template.form(), now);
    pod.beginWait('node', now);
    this.processes.set(node, pod);
  }

  inService(node: Node, now: Micros): void {
    const pod = this.processes.get(node);
    if (pod !== undefined && node.primed) pod.startFactor = 0;
    this.bind(node, now);
  }

  drain(node: Node, reason: string, now: Micros): void {
    const pod = this.processes.get(node);
    this.processes.delete(node);
    if (pod === undefined || pod.removedAt !== null) return;
    const { lifecycle } = this.workload;
    if (pod.stranded) lifecycle.remove(pod, reason, 'failure', now);
    else if (pod.active) lifecycle.terminate(pod, reason, now);
  }

  private bind(node: Node, now: Micros): void {
    const pod = this.processes.get(node);
    if (pod === undefined) return;
    node.take(pod.size);
    this.workload.lifecycle.bound(pod, node, now);
  }
}
