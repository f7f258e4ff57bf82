import type { ClusterPlan } from '../../../domain/scheduling/cluster-plan.js';
import type { NodePlan } from '../../../domain/scheduling/node-plan.js';
import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';
import type { ScalablePool } from '../../ports/scaling-input.js';

/** Nodes that are about to be asked for, each of the cheapest offer that holds its pods; as Karpenter's in-flight node claims. */
export class OpenNodes {
  private readonly open: NodePlan[] = [];
  private readonly offers: readonly ScalablePool[];

  constructor(
    private readonly plan: ClusterPlan,
    offers: readonly ScalablePool[],
    /** Nodes that may still be asked for of an offer. */
    private readonly room: (pool: string) => number,
    /** At most so many nodes. */
    private readonly most = Infinity,
  ) {
    this.offers = [...offers].sort((a, b) => a.pricePerHour - b.pricePerHour);
  }

  /** The nodes, with the pods on them. */
  nodes(): readonly NodePlan[] {
    return this.open;
  }

  /** Puts a pod on the open node with the fewest pods that takes it, growing that where it must, or on a new one; false where no offer holds it. */
  add(pod: PlanPod): boolean {
    const byPods = [...this.open].sort((a, b) => a.pods.length - b.pods.length);
    return byPods.some((node) => this.addTo(pod, node)) || this.addNew(pod);
  }

  /** Every offer that would hold the pods of an open node, the cheapest first. */
  offersFor(node: NodePlan): readonly ScalablePool[] {
    const fitting: ScalablePool[] = [];
    for (const offer of this.offers) {
      this.plan.fork();
      if (this.become(node, offer, node.pods)) fitting.push(offer);
      this.plan.revert();
    }
    return fitting;
  }

  private addTo(pod: PlanPod, node: NodePlan): boolean {
    if (this.plan.refusal(pod, node) === null) {
      this.plan.place(pod, node);
      return true;
    }
    return this.offers.some((offer) => offer.name !== node.pool && this.tryBecome(node, offer, [...node.pods, pod]));
  }

  private addNew(pod: PlanPod): boolean {
    if (this.open.length >= this.most) return false;
    for (const offer of this.offers) {
      if (this.left(offer) <= 0) continue;
      this.plan.fork();
      const node = this.plan.addNode({ name: this.freeName(), pool: offer.name, shape: offer.shape });
      if (this.plan.refusal(pod, node) === null) {
        this.plan.place(pod, node);
        this.plan.keep();
        this.open.push(node);
        return true;
      }
      this.plan.revert();
    }
    return false;
  }

  private freeName(): string {
    let at = this.open.length;
    while (this.plan.node(`open-${at}`) !== null) at += 1;
    return `open-${at}`;
  }

  private tryBecome(node: NodePlan, offer: ScalablePool, pods: readonly PlanPod[]): boolean {
    if (this.left(offer) <= 0 || !holds(offer, pods)) return false;
    this.plan.fork();
    const done = this.become(node, offer, pods);
    if (done) this.plan.keep();
    else this.plan.revert();
    return done;
  }

  private become(node: NodePlan, offer: ScalablePool, pods: readonly PlanPod[]): boolean {
    if (!holds(offer, pods)) return false;
    for (const there of [...node.pods]) this.plan.take(there, node);
    this.plan.reshape(node, offer.name, offer.shape);
    return pods.every((pod) => {
      if (this.plan.refusal(pod, node) !== null) return false;
      this.plan.place(pod, node);
      return true;
    });
  }

  private left({ name }: ScalablePool): number {
    return this.room(name) - this.open.filter(({ pool }) => pool === name).length;
  }
}

/** A quick look at the sums, before anything is moved. */
function holds({ shape }: ScalablePool, pods: readonly PlanPod[]): boolean {
  const cpu = pods.reduce((sum, { requirements }) => sum + requirements.cpuMillis, 0);
  return cpu <= shape.cpuMillis && pods.length <= shape.maxPods;
}
