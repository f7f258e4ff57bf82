import type { NaiveStation } from './naive-station.js';

/** From `at` on, when everything of that instant is over, a workload's balancers know of these pods and no others. */
export interface EndpointChange {
  readonly at: number;
  readonly workload: string;
  /** Pods by the order of their opening, the first 0; one named for the first time is opened then. */
  readonly pods: readonly number[];
  /** Weight that each of them is commanded to have, 0 for nothing new; absent means 1 for each. */
  readonly weights?: readonly number[];
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
  /** Their weights; 1 where nothing is said. */
  private weights = new Map<NaiveStation, number>();
  /** Since when each has been, without a break. */
  private since = new Map<NaiveStation, number>();

  constructor(private readonly make: () => NaiveStation) {}

  /** Routes to these pods from now on. */
  route(ordinals: readonly number[], at: number, weights: readonly number[] = []): void {
    for (const ordinal of ordinals) while (this.opened.length <= ordinal) this.opened.push(this.make());
    this.routed = ordinals.map((ordinal) => this.opened[ordinal]);
    this.weights = new Map(this.routed.map((pod, i) => [pod, weights.at(i) ?? 1]));
    this.since = new Map(this.routed.map((pod) => [pod, this.since.get(pod) ?? at]));
  }

  weightOf(pod: NaiveStation): number {
    return this.weights.get(pod) ?? 1;
  }

  /** Of some pods those that may get something new. */
  weighing(pods: readonly NaiveStation[]): NaiveStation[] {
    return pods.filter((pod) => this.weightOf(pod) > 0);
  }

  /** How long a pod has been routed to; Infinity if it was from the beginning. */
  age(pod: NaiveStation, at: number): number {
    const since = this.since.get(pod) ?? at;
    return since === 0 ? Infinity : at - since;
  }
}
