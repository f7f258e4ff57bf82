import type { FaultSpec } from '../../src/domain/fault-spec.js';
import type { WorkloadSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { mixKeys, type KeyedRandom } from '../../src/kernel/random.js';
import type { Streams } from '../../src/kernel/streams.js';
import { rotated } from './naive-doors.js';
import { type NaiveBalancer, naiveBalancer } from './naive-balancer.js';
import type { NaiveConnections } from './naive-connections.js';
import type { NaiveOutcome, Trip } from './naive-nouns.js';
import type { NaivePods } from './naive-pods.js';
import { NaiveShares } from './naive-shares.js';
import type { NaiveStation, NaiveVisit } from './naive-station.js';

/** One balancer, with what it knows. */
interface Member {
  /** Where in the list of pods it begins, as a share of it. */
  readonly beginning: number;
  /** Among all, under no name, and among the pods of one zone. */
  readonly choosers: Map<string | undefined, NaiveBalancer>;
  /** Attempts it has in flight. */
  readonly trips: Set<Trip>;
  /** Failures in a row, ejections that count, and since when it is out, by pod. */
  readonly failures: Map<NaiveStation, number>;
  readonly times: Map<NaiveStation, number>;
  readonly outSince: Map<NaiveStation, number>;
  lookedAt: number;
}

type ZoneOf = (station: NaiveStation) => string | undefined;

/** What an attempt wants besides a pod. */
interface Wish {
  readonly caller: NaiveStation | null;
  readonly isRetry: boolean;
  /** Pods that it should not come to again. */
  readonly avoid: readonly NaiveStation[];
}

/** An attempt's way: through which balancer, and to which pod. */
export interface Way {
  readonly member: Member;
  readonly pod: NaiveStation;
}

/** Choices by several balancers, each of which keeps books on its own requests and nothing else. */
export class NaiveFleet {
  private readonly members: readonly Member[];
  private readonly pick: KeyedRandom;
  private readonly errors: KeyedRandom;
  private readonly shares: NaiveShares;

  constructor(
    private readonly spec: WorkloadSpec,
    private readonly pods: NaivePods,
    private readonly streams: Streams,
    private readonly faults: readonly FaultSpec[],
    private readonly zoneOf: ZoneOf,
  ) {
    this.pick = streams.stream('balancer-instance', spec.name);
    this.errors = streams.stream('errors', spec.name);
    this.shares = new NaiveShares(spec.balancer.slowStart, pods);
    const count = spec.balancer.instances ?? 1;
    this.members = Array.from({ length: count }, (_, i) => this.member(i, count));
  }

  /** The way of an attempt, or why there is none. */
  choose(ordinal: number, salt: number, at: number, { caller, isRetry, avoid }: Wish): Way | NaiveOutcome {
    const { members, spec } = this;
    this.shares.look(at);
    const member = members[members.length === 1 ? 0 : this.pick.index(members.length, ordinal, salt)];
    const { circuitBreaker } = spec.balancer;
    if (circuitBreaker !== undefined) {
      const { maxRequests, maxRetries = Infinity } = circuitBreaker;
      const trips = [...member.trips];
      if (trips.length >= maxRequests) return 'circuit open';
      if (isRetry && trips.filter(({ isRetry }) => isRetry).length >= maxRetries) return 'circuit open';
    }
    this.look(member, at);
    const choose: NaiveBalancer['choose'] = (...keys) => this.chooserFor(member, caller).choose(...keys);
    let pod = choose(ordinal, salt);
    for (let again = 0; again < 3 && pod !== undefined && avoid.includes(pod); again += 1) {
      pod = choose(ordinal, mixKeys(salt, 0x05000000 + again));
    }
    return pod === undefined ? 'rejected' : { member, pod };
  }

  /** Why the pod at the end of a way refuses, or null. */
  refusal({ pod }: Way, ordinal: number, salt: number, at: number): NaiveOutcome | null {
    for (const fault of this.faults) {
      if (fault.kind !== 'answerErrors' || fault.workload !== this.spec.name || !('count' in fault.pods)) continue;
      const bad = this.pods.opened.indexOf(pod) < fault.pods.count;
      if (bad && this.errors.uniform(ordinal, salt) < fault.share) return 'error';
    }
    const limit = this.spec.pod.serving.maxQueueDelayMicros;
    return limit !== undefined && at - pod.oldest() > limit ? 'shed' : null;
  }

  /** The pods are about to change: what was known of those that go is forgotten. */
  change(route: () => void, at: number): void {
    for (const member of this.members) this.look(member, at);
    route();
    this.shares.lookAnew(at);
    for (const member of this.members) {
      const { failures, times, outSince } = member;
      this.notice(member);
      for (const known of [failures, times, outSince]) {
        for (const pod of known.keys()) if (!this.pods.routed.includes(pod)) known.delete(pod);
      }
    }
  }

  /** The balancer hears how an attempt ended. */
  judge({ member, pod }: Way, outcome: NaiveOutcome, at: number): void {
    const rules = this.spec.balancer.outlierEjection;
    if (rules === undefined) return;
    this.look(member, at);
    if (member.outSince.has(pod) || !this.pods.routed.includes(pod)) return;
    const row = outcome === 'served' ? 0 : (member.failures.get(pod) ?? 0) + 1;
    member.failures.set(pod, row === rules.consecutiveErrors ? 0 : row);
    if (row < rules.consecutiveErrors) return;
    const out = member.outSince.size;
    if (out > 0 && (out + 1) / this.pods.routed.length > rules.maxEjected + 1e-12) return;
    member.outSince.set(pod, at);
    this.notice(member);
    const most = Math.ceil(rules.maxEjectionMicros / rules.baseEjectionMicros);
    member.times.set(pod, Math.min(most, (member.times.get(pod) ?? 0) + 1));
  }

  private look(member: Member, now: number): void {
    const rules = this.spec.balancer.outlierEjection;
    if (rules === undefined) return;
    for (let at = member.lookedAt + rules.intervalMicros; at <= now; at += rules.intervalMicros) {
      member.lookedAt = at;
      let back = false;
      for (const pod of this.pods.routed) {
        const times = member.times.get(pod) ?? 0;
        const since = member.outSince.get(pod);
        if (since === undefined) member.times.set(pod, Math.max(0, times - 1));
        else if (at >= since + Math.min(times * rules.baseEjectionMicros, rules.maxEjectionMicros)) {
          member.outSince.delete(pod);
          member.failures.set(pod, 0);
          back = true;
        }
      }
      if (back) this.notice(member);
    }
  }

  /** The pods in service have changed, for all callers and for those of each zone that has any. */
  private notice(member: Member): void {
    for (const [zone, chooser] of member.choosers) {
      if (zone === undefined || this.nearby(member, zone).length > 0) chooser.notice();
    }
  }

  private nearby(member: Member, zone: string): readonly NaiveStation[] {
    return this.available(member).filter((pod) => this.zoneOf(pod) === zone);
  }

  private chooserFor(member: Member, caller: NaiveStation | null): NaiveBalancer {
    const kept = this.spec.balancer.topology === 'prefer-zone' && caller !== null ? this.zoneOf(caller) : undefined;
    const zone = kept !== undefined && this.nearby(member, kept).length > 0 ? kept : undefined;
    const known =
      member.choosers.get(zone) ??
      this.chooser(member, () => (zone === undefined ? this.available(member) : this.nearby(member, zone)));
    member.choosers.set(zone, known);
    return known;
  }

  private chooser({ trips }: Pick<Member, 'trips'>, pods: () => readonly NaiveStation[]): NaiveBalancer {
    const load = (pod: NaiveStation): number => [...trips].filter(({ way }) => way?.pod === pod).length;
    const share = (pod: NaiveStation): number => this.shares.of(pod);
    const weight = (pod: NaiveStation): number => this.pods.weightOf(pod);
    const random = this.streams.stream('balance', this.spec.name);
    return naiveBalancer(this.spec.balancer.policy, pods, random, { load, share, weight });
  }

  private available({ beginning, outSince }: Member): readonly NaiveStation[] {
    const pods = rotated(this.pods.routed, beginning);
    const inService = pods.filter((pod) => !outSince.has(pod));
    const panic = this.spec.balancer.outlierEjection?.panicThreshold ?? 0;
    return this.pods.weighing(inService.length / pods.length < panic - 1e-12 ? pods : inService);
  }

  private member(index: number, count: number): Member {
    const trips = new Set<Trip>();
    const member: Member = {
      beginning: count === 1 ? 0 : this.pick.uniform(index, 0x06000000),
      choosers: new Map(),
      trips,
      failures: new Map(),
      times: new Map(),
      outSince: new Map(),
      lookedAt: 0,
    };
    return member;
  }
}

/** A workload's fleet; null where one balancer does nothing but choose, and its pods refuse nothing but what does not fit their queue. */
export function fleetOf(
  spec: WorkloadSpec,
  pods: NaivePods,
  streams: Streams,
  { faults, network }: Pick<WorldSpec, 'faults' | 'network'>,
  zoneOf: ZoneOf,
): NaiveFleet | null {
  const { instances, outlierEjection, circuitBreaker, per, policy } = spec.balancer;
  const counts = network !== undefined && (policy === 'least-connections' || policy === 'power-of-two');
  const plain =
    !counts && (instances ?? outlierEjection ?? circuitBreaker ?? spec.pod.serving.maxQueueDelayMicros) === undefined;
  if (per === 'connection' || (plain && faults.every(({ kind }) => kind !== 'answerErrors'))) return null;
  return new NaiveFleet(spec, pods, streams, faults, zoneOf);
}

/** The station of an attempt, or why there is none. */
export function stationFor(trip: Trip, connections: NaiveConnections, at: number): NaiveStation | NaiveOutcome {
  const { site, ordinal, salt, errand } = trip;
  const { fleet } = site.task.place;
  if (fleet === null) return connections.choose(trip, salt, at) ?? 'rejected';
  const avoid = site.client.retry?.elsewhere === true ? (errand?.tried ?? []) : [];
  const way = fleet.choose(ordinal, salt, at, { caller: trip.caller, isRetry: trip.isRetry, avoid });
  if (typeof way === 'string') return way;
  trip.way = way;
  trip.inFlight = true;
  trip.unjudged = true;
  way.member.trips.add(trip);
  errand?.tried.push(way.pod);
  return way.pod;
}

/** Offers the visit of an attempt; null when it is on board, otherwise why not. */
export function offerTo(station: NaiveStation, visit: NaiveVisit, trip: Trip, at: number): NaiveOutcome | null {
  const { way, site, ordinal, salt } = trip;
  const { fleet, pods } = site.task.place;
  if (pods?.dead.has(station) === true) return 'refused';
  if (fleet === null || way === null) return station.offer(visit, at) ? null : 'rejected';
  return fleet.refusal(way, ordinal, salt, at) ?? (station.offer(visit, at) ? null : 'rejected');
}

/** The balancer of an attempt holds its end against the pod, or for it; only the first that it hears of. */
export function judge(trip: Trip, outcome: NaiveOutcome, at: number): void {
  const { way, site } = trip;
  if (way !== null && trip.inFlight && trip.unjudged) site.task.place.fleet?.judge(way, outcome, at);
  trip.unjudged = false;
}

/** The balancer of an attempt has it in flight no longer. */
export function landed(trip: Trip): void {
  trip.inFlight = false;
  trip.way?.member.trips.delete(trip);
}
