import type { TrafficSplit } from '../../domain/balance/traffic-split.js';
import type { WorkloadPort } from '../data-plane.js';
import type { Pod } from '../pods/pod.js';
import { shareTraffic } from './share-traffic.js';

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

  /** How requests are to be shared; null while nobody has said. */
  private split: TrafficSplit | null = null;

  constructor(private readonly port: WorkloadPort) {}

  /** Requests are shared like this from now on. */
  share(split: TrafficSplit): void {
    this.split = split;
    this.publish();
  }

  /** Applies what it is told of one pod. Nothing is routed by it before `publish`. */
  tell(pod: Pod, present: boolean): void {
    if (!present) this.endpoints.delete(pod);
    else if (!this.endpoints.has(pod)) this.endpoints.set(pod, { up: true, against: 0 });
  }

  /** Routes by what it knows now. */
  publish(): void {
    const pods = [...this.endpoints].flatMap(([pod, { up }]) => (up && pod.process !== null ? [pod] : []));
    const routed = pods.flatMap(({ process }) => (process === null ? [] : [process]));
    if (this.split === null) this.port.route(routed);
    else this.port.route(routed, shareTraffic(this.split, pods));
  }
}
