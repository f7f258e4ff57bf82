import type { ProcessPort, WorkloadPort } from '../data-plane.js';
import type { Pod } from '../pods/pod.js';

/** What a balancer knows of one endpoint: its checks, and whether it is thought to be up. */
export interface Endpoint {
  up: boolean;
  /** Checks in a row that spoke against `up`. */
  against: number;
}

/** The endpoints a balancer has been told of, late; it routes to those that its health checks have not taken out. */
export class BalancerView {
  /** In the order they were told. A new one counts as up until checks say otherwise, as in HAProxy. */
  readonly endpoints = new Map<Pod, Endpoint>();

  constructor(private readonly port: WorkloadPort) {}

  /** Applies what it is told of one pod. Nothing is routed by it before `publish`. */
  tell(pod: Pod, present: boolean): void {
    if (!present) this.endpoints.delete(pod);
    else if (!this.endpoints.has(pod)) this.endpoints.set(pod, { up: true, against: 0 });
  }

  /** Routes by what it knows now. */
  publish(): void {
    const routed: ProcessPort[] = [];
    for (const [pod, endpoint] of this.endpoints) {
      if (endpoint.up && pod.process !== null) routed.push(pod.process);
    }
    this.port.route(routed);
  }
}
