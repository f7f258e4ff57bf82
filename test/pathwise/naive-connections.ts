import type { WorkloadSpec } from '../../src/domain/world-spec.js';
import { mixKeys } from '../../src/kernel/random.js';
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
  balancer({ name, balancer }: WorkloadSpec, pods: readonly NaiveStation[]): Pick<Place, 'choose' | 'connections'> {
    pods.forEach((pod, i) => this.pods.set(pod, i));
    const connections = balancer.per === 'connection' ? new Map(pods.map((pod) => [pod, 0])) : null;
    const load = (pod: NaiveStation): number => connections?.get(pod) ?? pod.inFlight();
    const choose = naiveBalancer(balancer.policy, () => pods, this.streams.stream('balance', name), load);
    return { choose: (ordinal, salt) => choose(ordinal, salt) ?? null, connections };
  }

  /** The station of an attempt. */
  choose(errand: Errand, salt: number, at: number): NaiveStation | null {
    const { site, ordinal } = errand;
    const { place } = site.task;
    const habits = site.client.connections;
    if (place.connections === null || habits === undefined) return place.choose(ordinal, salt, at);
    const connection = this.nextOf(errand, habits.size);
    const spent = connection.carried >= (habits.maxRequests ?? Infinity) || at >= connection.until;
    if (connection.to !== null && spent) {
      count(place.connections, connection.to, -1);
      connection.to = null;
    }
    if (connection.to === null) {
      connection.to = place.choose(ordinal, salt, at)!;
      connection.until = at + this.lifetime(errand, connection);
      connection.carried = 0;
      connection.lives += 1;
      count(place.connections, connection.to, 1);
    }
    connection.carried += 1;
    return connection.to;
  }

  private nextOf({ site, caller }: Errand, size: number): Connection {
    const key = `${site.from} ${this.clientOf(caller)} ${JSON.stringify(site.client.connections)}`;
    const fresh = (): Connection[] =>
      Array.from({ length: size }, (_, slot) => ({ slot, lives: 0, to: null, until: 0, carried: 0 }));
    const queue = this.queues.get(key) ?? fresh();
    this.queues.set(key, queue);
    const next = queue.shift()!;
    queue.push(next);
    return next;
  }

  private lifetime({ site, caller }: Errand, { lives, slot }: Connection): number {
    const mean = site.client.connections!.maxAgeMicros;
    if (mean === null) return Infinity;
    const drawn = this.streams.stream('connection-age', site.from).uniform(lives, mixKeys(this.clientOf(caller), slot));
    return Math.round(mean * (0.9 + 0.2 * drawn));
  }

  private clientOf(caller: NaiveStation | null): number {
    return caller === null ? 0 : this.pods.get(caller)!;
  }
}

function count(open: Map<NaiveStation, number>, pod: NaiveStation, change: number): void {
  open.set(pod, open.get(pod)! + change);
}
