import type { NaiveStation } from './naive-station.js';

/** From `at` on, when everything of that instant is over, a workload's balancers know of these pods and no others. */
export interface EndpointChange {
  readonly at: number;
  readonly workload: string;
  /** Pods by the order of their opening, the first 0; one named for the first time is opened then. */
  readonly pods: readonly number[];
  /** Pods that die at this instant; what they have on board fails, and what is still sent to them is refused. */
  readonly dies?: readonly number[];
}

/** The pods of one workload, and what its balancers know of them. */
export class NaivePods {
  /** All that have ever been, in order of opening. */
  readonly opened: NaiveStation[] = [];
  readonly dead = new Set<NaiveStation>();
  /** Those that are routed to. */
  routed: readonly NaiveStation[] = [];
  /** Since when each has been, without a break. */
  private since = new Map<NaiveStation, number>();

  constructor(private readonly make: () => NaiveStation) {}

  /** Routes to these pods from now on. */
  route(ordinals: readonly number[], at: number): void {
    for (const ordinal of ordinals) while (this.opened.length <= ordinal) this.opened.push(this.make());
    this.routed = ordinals.map((ordinal) => this.opened[ordinal]);
    this.since = new Map(this.routed.map((pod) => [pod, this.since.get(pod) ?? at]));
  }

  /** How long a pod has been routed to; Infinity if it was from the beginning. */
  age(pod: NaiveStation, at: number): number {
    const since = this.since.get(pod) ?? at;
    return since === 0 ? Infinity : at - since;
  }
}
