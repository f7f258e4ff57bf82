import type { WorkloadSpec } from '../../src/domain/world-spec.js';
import type { KeyedRandom } from '../../src/kernel/random.js';
import type { Streams } from '../../src/kernel/streams.js';
import { type NaiveBalancer, naiveBalancer } from './naive-balancer.js';
import type { NaivePods } from './naive-pods.js';
import { NaiveShares } from './naive-shares.js';
import type { NaiveStation } from './naive-station.js';

/** Whom a balancer chooses for. */
export interface Choice {
  readonly ordinal: number;
  readonly salt: number;
  readonly at: number;
  readonly caller: NaiveStation | null;
}

/** One balancer that does nothing but choose, once for each request or once for each connection. */
interface Door {
  /** Connections open through it, by pod; empty where it chooses for requests. */
  readonly open: Map<NaiveStation, number>;
  readonly all: NaiveBalancer;
  /** Choosers among the pods of one zone, where the workload keeps to zones. */
  readonly zones: Map<string | undefined, NaiveBalancer>;
}

/** The balancers of a workload that is not watched, and which of them an attempt or a connection goes through. */
export class NaiveDoors {
  readonly perConnection: boolean;
  private readonly shares: NaiveShares;
  private readonly doors: readonly Door[];
  private readonly pick: KeyedRandom;
  private readonly random: KeyedRandom;

  constructor(
    private readonly spec: WorkloadSpec,
    private readonly pods: NaivePods,
    streams: Streams,
    private readonly zoneOf: (pod: NaiveStation) => string | undefined,
  ) {
    this.perConnection = spec.balancer.per === 'connection';
    this.shares = new NaiveShares(spec.balancer.slowStart, pods);
    this.pick = streams.stream('balancer-instance', spec.name);
    this.random = streams.stream('balance', spec.name);
    const count = spec.balancer.instances ?? 1;
    this.doors = Array.from({ length: count }, (_, i) => this.door(i, count));
  }

  /** The pods have changed. */
  changed(at: number): void {
    this.shares.lookAnew(at);
    for (const { all, zones } of this.doors) for (const chooser of [all, ...zones.values()]) chooser.notice();
  }

  /** The pod chosen, and by which balancer. */
  choose({ ordinal, salt, at, caller }: Choice): { readonly pod: NaiveStation | undefined; readonly door: number } {
    this.shares.look(at);
    const door = this.doors.length === 1 ? 0 : this.pick.index(this.doors.length, ordinal, salt);
    return { pod: this.chooserFor(this.doors[door], caller).choose(ordinal, salt), door };
  }

  /** One connection more (1) or less (-1) is open to a pod through a door. */
  count(door: number, pod: NaiveStation, by: 1 | -1): void {
    const { open } = this.doors[door];
    open.set(pod, (open.get(pod) ?? 0) + by);
  }

  private chooserFor(door: Door, caller: NaiveStation | null): NaiveBalancer {
    const zone = caller === null ? undefined : this.zoneOf(caller);
    if (this.spec.balancer.topology !== 'prefer-zone' || zone === undefined) return door.all;
    const theirs = (): NaiveStation[] =>
      this.pods.weighing(this.pods.routed).filter((pod) => this.zoneOf(pod) === zone);
    if (theirs().length === 0) return door.all;
    const known = door.zones.get(zone) ?? this.chooser(theirs, door.open);
    door.zones.set(zone, known);
    return known;
  }

  private door(index: number, count: number): Door {
    const beginning = count === 1 ? 0 : this.pick.uniform(index, 0x06000000);
    const pods = (): NaiveStation[] => this.pods.weighing(rotated(this.pods.routed, beginning));
    const open = new Map<NaiveStation, number>();
    return { open, all: this.chooser(pods, open), zones: new Map() };
  }

  private chooser(pods: () => NaiveStation[], open: ReadonlyMap<NaiveStation, number>): NaiveBalancer {
    const load = (pod: NaiveStation): number => (this.perConnection ? (open.get(pod) ?? 0) : pod.inFlight());
    const share = (pod: NaiveStation): number => this.shares.of(pod);
    const weight = (pod: NaiveStation): number => this.pods.weightOf(pod);
    return naiveBalancer(this.spec.balancer.policy, pods, this.random, { load, share, weight });
  }
}

/** The same pods in the same order, from another beginning: a share of the list. */
export function rotated(pods: readonly NaiveStation[], beginning: number): NaiveStation[] {
  const first = Math.floor(beginning * pods.length);
  return [...pods.slice(first), ...pods.slice(0, first)];
}
