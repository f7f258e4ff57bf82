import { mixKeys } from '../../src/kernel/random.js';
import type { Streams } from '../../src/kernel/streams.js';
import type { Errand } from './naive-nouns.js';
import type { NaivePods } from './naive-pods.js';
import type { NaiveStation } from './naive-station.js';

interface Connection {
  readonly slot: number;
  /** How many times it has been opened. */
  lives: number;
  to: NaiveStation | null;
  /** Through which balancer. */
  door: number;
  until: number;
  carried: number;
}

/** The connections of all clients: a queue for each, the next to be used in front. */
export class NaiveConnections {
  private readonly queues = new Map<string, Connection[]>();
  private readonly workloads: NaivePods[] = [];

  constructor(private readonly streams: Streams) {}

  /** Callers are told apart by their place among the pods of their workload. */
  enter(pods: NaivePods): void {
    this.workloads.push(pods);
  }

  /** The station of an attempt, or null where there is none. */
  choose(errand: Pick<Errand, 'site' | 'ordinal' | 'caller'>, salt: number, at: number): NaiveStation | null {
    const { site, ordinal, caller } = errand;
    const { place } = site.task;
    const habits = site.client.connections;
    const { doors } = place;
    if (doors?.perConnection !== true || habits === undefined) return place.choose(ordinal, salt, at, caller);
    const connection = this.nextOf(errand, habits.size);
    const { to } = connection;
    const spent = connection.carried >= (habits.maxRequests ?? Infinity) || at >= connection.until;
    if (to !== null && (spent || this.isDead(to))) {
      doors.count(connection.door, to, -1);
      connection.to = null;
    }
    if (connection.to === null) {
      const { pod, door } = doors.choose({ ordinal, salt, at, caller });
      if (pod === undefined || this.isDead(pod)) return pod ?? null;
      connection.to = pod;
      connection.door = door;
      connection.until = at + this.lifetime(errand, connection);
      connection.carried = 0;
      connection.lives += 1;
      doors.count(door, pod, 1);
    }
    connection.carried += 1;
    return connection.to;
  }

  private isDead(pod: NaiveStation): boolean {
    return this.workloads.some(({ dead }) => dead.has(pod));
  }

  private nextOf({ site, caller }: Pick<Errand, 'site' | 'caller'>, size: number): Connection {
    const key = `${site.from} ${this.clientOf(caller)} ${JSON.stringify(site.client.connections)}`;
    const fresh = (): Connection[] =>
      Array.from({ length: size }, (_, slot) => ({ slot, lives: 0, to: null, door: 0, until: 0, carried: 0 }));
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
    if (caller === null) return 0;
    return this.workloads.find(({ opened }) => opened.includes(caller))!.opened.indexOf(caller);
  }
}
