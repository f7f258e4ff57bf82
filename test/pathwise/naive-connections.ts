import type { BalancerPolicy, WorkloadSpec } from '../../src/domain/world-spec.js';
import { type KeyedRandom, mixKeys } from '../../src/kernel/random.js';
import type { Streams } from '../../src/kernel/streams.js';
import { naiveBalancer } from './naive-balancer.js';
import type { Errand, Place } from './naive-nouns.js';
import type { NaiveStation } from './naive-station.js';

interface Connection {
  readonly slot: number;
  /** How many times it has been opened. */
  lives: number;
  to: NaiveStation | null;
  until: number;
  carried: number;
}

/** The connections of all clients: a queue for each, the next to be used in front. */
export class NaiveConnections {
  private readonly queues = new Map<string, Connection[]>();
  /** Place of each pod in its workload, to tell callers apart. */
  private readonly pods = new Map<NaiveStation, number>();

  constructor(private readonly streams: Streams) {}

  /** A workload's balancer: per connection it goes by the connections open to each pod, per request by the requests on board. */
  balancer(
    { name, balancer }: WorkloadSpec,
    pods: readonly NaiveStation[],
    zoneOf: (pod: NaiveStation) => string | undefined,
  ): Pick<Place, 'choose' | 'connections'> {
    pods.forEach((pod, i) => this.pods.set(pod, i));
    const connections = balancer.per === 'connection' ? new Map(pods.map((pod) => [pod, 0])) : null;
    const load = (pod: NaiveStation): number => connections?.get(pod) ?? pod.inFlight();
    const random = this.streams.stream('balance', name);
    const all = chooser(balancer.policy, pods, random, load);
    if (balancer.topology !== 'prefer-zone') return { choose: all, connections };
    const inZone = new Map(
      [...new Set(pods.map(zoneOf))].map((zone) => {
        const theirs = pods.filter((pod) => zoneOf(pod) === zone);
        return [zone, chooser(balancer.policy, theirs, random, load)] as const;
      }),
    );
    const choose: Place['choose'] = (ordinal, salt, _at, caller) => {
      const zone = caller === null ? undefined : zoneOf(caller);
      return (zone === undefined ? all : (inZone.get(zone) ?? all))(ordinal, salt);
    };
    return { choose, connections };
  }

  /** The station of an attempt. */
  choose(errand: Pick<Errand, 'site' | 'ordinal' | 'caller'>, salt: number, at: number): NaiveStation | null {
    const { site, ordinal } = errand;
    const { place } = site.task;
    const habits = site.client.connections;
    if (place.connections === null || habits === undefined) return place.choose(ordinal, salt, at, errand.caller);
    const connection = this.nextOf(errand, habits.size);
    const spent = connection.carried >= (habits.maxRequests ?? Infinity) || at >= connection.until;
    if (connection.to !== null && spent) {
      count(place.connections, connection.to, -1);
      connection.to = null;
    }
    if (connection.to === null) {
      connection.to = place.choose(ordinal, salt, at, errand.caller)!;
      connection.until = at + this.lifetime(errand, connection);
      connection.carried = 0;
      connection.lives += 1;
      count(place.connections, connection.to, 1);
    }
    connection.carried += 1;
    return connection.to;
  }

  private nextOf({ site, caller }: Pick<Errand, 'site' | 'caller'>, size: number): Connection {
    const key = `${site.from} ${this.clientOf(caller)} ${JSON.stringify(site.client.connections)}`;
    const fresh = (): Connection[] =>
      Array.from({ length: size }, (_, slot) => ({ slot, lives: 0, to: null, until: 0, carried: 0 }));
    const queue = this.queues.get(key) ?? fresh();
    this.queues.set(key, queue);
    const next = queue.shift()!;
    queue.push(next);
    return next;
  }

  private lifetime({ site, caller }: Pick<Errand, 'site' | 'caller'>, { lives, slot }: Connection): number {
    const mean = site.client.connections!.maxAgeMicros;
    if (mean === null) return Infinity;
    const drawn = this.streams.stream('connection-age', site.from).uniform(lives, mixKeys(this.clientOf(caller), slot));
    return Math.round(mean * (0.9 + 0.2 * drawn));
  }

  private clientOf(caller: NaiveStation | null): number {
    return caller === null ? 0 : this.pods.get(caller)!;
  }
}

function chooser(policy: BalancerPolicy, pods: readonly NaiveStation[], ...rest: Rest): Choose {
  const choose = naiveBalancer(policy, () => pods, ...rest);
  return (ordinal, salt) => choose(ordinal, salt)!;
}

type Choose = (ordinal: number, salt: number) => NaiveStation;
type Rest = [random: KeyedRandom, load: (pod: NaiveStation) => number];

function count(open: Map<NaiveStation, number>, pod: NaiveStation, change: number): void {
  open.set(pod, open.get(pod)! + change);
}
