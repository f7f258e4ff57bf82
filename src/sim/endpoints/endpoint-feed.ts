import { type Micros, micros } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { Pod } from '../pods/pod.js';
import type { BalancerView } from './balancer-view.js';

interface Change {
  readonly pod: Pod;
  readonly present: boolean;
}

/** Carries changes of the ready set to a balancer, each after the same lag; changes of one instant arrive together. */
export class EndpointFeed {
  private batch: Change[] = [];
  private batchAt = NaN;

  constructor(
    private readonly timeline: Timeline,
    private readonly view: BalancerView,
    private readonly lag: Micros,
  ) {}

  /** A pod became an endpoint, or ceased to be one. */
  change(pod: Pod, present: boolean, now: Micros): void {
    if (this.batchAt !== now) this.open(now);
    this.batch.push({ pod, present });
  }

  /** The pod has a new process at its old address, which a balancer that routes to the address reaches at once. */
  processReplaced(pod: Pod): void {
    if (this.view.endpoints.get(pod)?.up === true) this.view.publish();
  }

  /** Something else than endpoints is told to the balancer, and arrives after the same lag. */
  tell(arrive: (view: BalancerView, now: Micros) => void): void {
    const { timeline, view } = this;
    timeline.at(micros(timeline.now + this.lag), PHASE.world, (now) => arrive(view, now));
  }

  /** Lets everything told so far arrive at once: the state of affairs before the run. */
  arriveNow(): void {
    this.deliver(this.batch.splice(0));
  }

  private open(now: Micros): void {
    const batch: Change[] = [];
    this.batch = batch;
    this.batchAt = now;
    this.timeline.at(micros(now + this.lag), PHASE.world, () => {
      if (this.batch === batch) this.batchAt = NaN;
      if (batch.length > 0) this.deliver(batch);
    });
  }

  private deliver(batch: readonly Change[]): void {
    for (const { pod, present } of batch) this.view.tell(pod, present);
    this.view.publish();
  }
}
