import type { ConnectionPoolSpec } from '../../domain/connection-spec.js';
import { type KeyedRandom, mixKeys } from '../../kernel/random.js';
import type { StationBoard } from '../requests/station-board.js';
import type { Chooser } from './chooser.js';
import type { ClosingReason, ConnectionLedger } from './connection-ledger.js';

/** What a pool opens its connections through. */
export interface Upstream {
  /** Chooses an endpoint for a new connection. */
  readonly front: Chooser;
  readonly ledger: ConnectionLedger;
  /** Says which stations listen, and what time it is. */
  readonly board: StationBoard;
  /** Draws of the ages at which connections are closed. */
  readonly ages: KeyedRandom;
}

/**
 * The connections of one client to a balancer that balances per connection: requests take them in turn and share them, and each goes to the
 * endpoint that its connection was opened to. A connection is opened when its turn first comes.
 *
 * It is closed, and opened anew through the balancer, when its turn comes and it is too old, has carried its number of requests, or its
 * process no longer listens: a pod closes its connections when its preStop is over (GOAWAY, or "Connection: close"), so that what is on board
 * is finished and nothing is lost on them; a dead process resets them. Leaving the endpoints alone closes nothing, as with kube-proxy.
 */
export class ConnectionPool implements Chooser {
  /** What is known of each connection, side by side: see `CLOSE_AT` and after. */
  private readonly reals: Float64Array;
  /** The same memory as integers. */
  private readonly ints: Int32Array;
  private readonly board: StationBoard;
  private readonly maxRequests: number;
  private turn = 0;

  constructor(
    private readonly spec: ConnectionPoolSpec,
    private readonly upstream: Upstream,
    /** Tells the pools of one stream of ages apart. */
    private readonly client: number,
  ) {
    this.reals = new Float64Array(spec.size * STRIDE);
    this.ints = new Int32Array(this.reals.buffer);
    this.board = upstream.board;
    this.maxRequests = spec.maxRequests ?? Infinity;
    for (let at = 0; at < this.reals.length; at += STRIDE) this.ints[2 * at + STATION] = -1;
  }

  choose(ordinal: number, salt: number, caller: number): number {
    const { reals, ints, board, turn } = this;
    this.turn = turn + STRIDE === reals.length ? 0 : turn + STRIDE;
    const station = ints[2 * turn + STATION];
    if (
      station < 0 ||
      board.speed[station] === 0 ||
      board.clock[0] >= reals[turn + CLOSE_AT] ||
      reals[turn + USES] >= this.maxRequests
    ) {
      return this.renew(turn, ordinal, salt, caller);
    }
    reals[turn + USES] += 1;
    this.upstream.ledger.used(station);
    return station;
  }

  /** The client is gone, and its connections with it. */
  closeAll(): void {
    for (let at = 0; at < this.reals.length; at += STRIDE) {
      if (this.ints[2 * at + STATION] >= 0) this.close(at, 'client');
    }
  }

  /** Closes the connection whose turn it is, if it is open, and opens it anew for a request. */
  private renew(at: number, ordinal: number, salt: number, caller: number): number {
    if (this.ints[2 * at + STATION] >= 0) this.close(at, this.reasonOf(at));
    const station = this.open(at, ordinal, salt, caller);
    if (this.ints[2 * at + STATION] < 0) return station;
    this.reals[at + USES] = 1;
    this.upstream.ledger.used(station);
    return station;
  }

  private reasonOf(at: number): ClosingReason {
    if (this.board.speed[this.ints[2 * at + STATION]] === 0) return 'pod';
    return this.board.clock[0] >= this.reals[at + CLOSE_AT] ? 'age' : 'requests';
  }

  private close(at: number, reason: ClosingReason): void {
    this.upstream.ledger.closed(this.ints[2 * at + STATION], this.ints[2 * at + BALANCER], reason);
    this.ints[2 * at + STATION] = -1;
  }

  /** Where nobody listens there is no connection; the attempt fails with what it met there. */
  private open(at: number, ordinal: number, salt: number, caller: number): number {
    const { front, ledger } = this.upstream;
    const station = front.choose(ordinal, salt, caller);
    if (station < 0 || this.board.speed[station] === 0) return station;
    this.ints[2 * at + STATION] = station;
    this.reals[at + CLOSE_AT] = this.board.clock[0] + this.age(at);
    this.ints[2 * at + LIVES] += 1;
    this.ints[2 * at + BALANCER] = ledger.opened(station);
    return station;
  }

  /** Spread by a tenth either way, so that connections opened together are not closed together. Source: gRPC proposal A9. */
  private age(at: number): number {
    const { maxAgeMicros } = this.spec;
    if (maxAgeMicros === null) return Infinity;
    const key = mixKeys(this.client, at / STRIDE);
    return Math.round(maxAgeMicros * (0.9 + 0.2 * this.upstream.ages.uniform(this.ints[2 * at + LIVES], key)));
  }
}

/** Reals for each connection. First of them: when it is too old. */
const STRIDE = 4;
const CLOSE_AT = 0;
/** Requests it has carried. */
const USES = 1;
/** First of its integers, behind the two reals: the station it was opened to, or -1. */
const STATION = 4;
/** Times it has been opened, and the position of the balancer that it was opened through last. */
const LIVES = 5;
const BALANCER = 6;
