import type { UserSpec } from '../../domain/traffic-spec.js';
import { sampler, type Sampler } from '../../kernel/distributions.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { CallSite } from './operations.js';
import { TIMER } from './timer-phase.js';
import type { TrafficSource } from './traffic-source.js';

/** Sets a timer of a phase; its payload comes back when it is due. */
export type SetTimer = (at: number, phase: number, payload: number) => void;

/** Where users' draws come from: how long they think, and which class a request is of. */
export interface CrowdStreams {
  readonly think: KeyedRandom;
  readonly pick: KeyedRandom;
}

/**
 * The users of one source: each asks, waits for the end of the request, retries and failures included, thinks, and asks again.
 *
 * The n-th request of user u has the ordinal u * 2^27 + n, which keys its class, its demands and the thinking before it. Users of the
 * lowest numbers are those present. One who comes is somewhere in his thinking, a uniform part of it left; one who leaves while he thinks
 * is gone at once, with a request out he is gone after it. Thinking takes at least a microsecond, so that time goes on.
 */
export class UserCrowd {
  readonly hop: number;
  private present = 0;
  private bin = 0;
  /** Number of each user's present or next request. */
  private readonly requests: Float64Array;
  private readonly waits: Uint8Array;
  private readonly think: Sampler;
  private readonly random: KeyedRandom;
  private readonly classRandom: KeyedRandom;
  private readonly sites: readonly CallSite[];

  constructor(
    private readonly spec: UserSpec,
    private readonly source: TrafficSource,
    /** Its place among the crowds, at most 63. */
    private readonly index: number,
    { think, pick }: CrowdStreams,
    private readonly setTimer: SetTimer,
  ) {
    const most = spec.counts.reduce((max, count) => Math.max(max, count), 0);
    this.requests = new Float64Array(most);
    this.waits = new Uint8Array(most);
    this.think = sampler(spec.thinkTime);
    this.random = think;
    this.classRandom = pick;
    this.sites = source.sites;
    this.hop = source.hop;
    this.setTimer(spec.edgesMicros[0], TIMER.population, index * CROWD);
  }

  /** The number of users changes, now, to that of the next bin. */
  change(now: number): void {
    const wanted = this.spec.counts[this.bin];
    this.bin += 1;
    if (this.bin < this.spec.counts.length) {
      this.setTimer(this.spec.edgesMicros[this.bin], TIMER.population, this.index * CROWD);
    }
    const before = this.present;
    this.present = wanted;
    for (let user = before; user < wanted; user += 1)
      if (this.waits[user] === 0) this.thinks(user, now, this.part(user));
    for (let user = wanted; user < before; user += 1) if (this.waits[user] === 0) this.requests[user] += 1;
  }

  /** Ordinal of the request that a user makes who has thought enough, or -1 where he has left meanwhile. */
  ask(payload: number): number {
    const ordinal = payload - this.index * CROWD;
    const user = Math.floor(ordinal / USER);
    if (this.requests[user] !== ordinal - user * USER || this.waits[user] === 1) return -1;
    this.waits[user] = 1;
    return ordinal;
  }

  /** Where a request enters. */
  siteOf(ordinal: number): CallSite {
    return this.sites.length === 1 ? this.sites[0] : this.sites[this.source.pick(this.classRandom.uniform(ordinal))];
  }

  /** A request has ended, served or failed for good. */
  ended(ordinal: number, now: number): void {
    const user = Math.floor(ordinal / USER);
    this.waits[user] = 0;
    this.requests[user] += 1;
    if (user < this.present) this.thinks(user, now, 1);
  }

  private thinks(user: number, now: number, part: number): void {
    const ordinal = user * USER + this.requests[user];
    const pause = Math.max(1, Math.round(part * this.think(this.random, ordinal, 0)));
    this.setTimer(now + pause, TIMER.asks, this.index * CROWD + ordinal);
  }

  private part(user: number): number {
    return this.random.uniform(user * USER + this.requests[user], PART);
  }
}

/** Position of the crowd that a timer's payload is for. */
export function crowdOf(payload: number): number {
  return Math.floor(payload / CROWD);
}

/** Requests of a user and users of a crowd stay below these; a payload below 2^53. */
const USER = 2 ** 27;
const CROWD = 2 ** 47;

/** Salt of what part of his thinking a user has left who comes. */
const PART = 0x04000000;
