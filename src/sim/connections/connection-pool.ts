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
  private readonly stations: Int32Array;
  private readonly closeAt: Float64Array;
  private readonly uses: Float64Array;
  private readonly lives: Int32Array;
  /** Position of the balancer that each was opened through. */
  private readonly balancers: Int32Array;
  private readonly maxRequests: number;
  private turn = 0;

  constructor(
    private readonly spec: ConnectionPoolSpec,
    private readonly upstream: Upstream,
    /** Tells the pools of one stream of ages apart. */
    private readonly client: number,
  ) {
    this.stations = new Int32Array(spec.size).fill(-1);
    this.closeAt = new Float64Array(spec.size);
    this.uses = new Float64Array(spec.size);
    this.lives = new Int32Array(spec.size);
    this.balancers = new Int32Array(spec.size);
    this.maxRequests = spec.maxRequests ?? Infinity;
  }

  choose(ordinal: number, salt: number, caller: number): number {
    const slot = this.turn;
    this.turn = slot + 1 === this.spec.size ? 0 : slot + 1;
    const reason = this.endOf(slot);
    if (reason !== null) this.close(slot, reason);
    const station = this.stations[slot] < 0 ? this.open(slot, ordinal, salt, caller) : this.stations[slot];
    if (this.stations[slot] < 0) return station;
    this.uses[slot] += 1;
    this.upstream.ledger.used(station);
    return station;
  }

  /** The client is gone, and its connections with it. */
  closeAll(): void {
    for (let slot = 0; slot < this.spec.size; slot += 1) if (this.stations[slot] >= 0) this.close(slot, 'client');
  }

  private endOf(slot: number): ClosingReason | null {
    const { board } = this.upstream;
    const station = this.stations[slot];
    if (station < 0) return null;
    if (board.speed[station] === 0) return 'pod';
    if (board.clock[0] >= this.closeAt[slot]) return 'age';
    return this.uses[slot] >= this.maxRequests ? 'requests' : null;
  }

  private close(slot: number, reason: ClosingReason): void {
    this.upstream.ledger.closed(this.stations[slot], this.balancers[slot], reason);
    this.stations[slot] = -1;
  }

  /** Where nobody listens there is no connection; the attempt fails with what it met there. */
  private open(slot: number, ordinal: number, salt: number, caller: number): number {
    const { front, board, ledger } = this.upstream;
    const station = front.choose(ordinal, salt, caller);
    if (station < 0 || board.speed[station] === 0) return station;
    this.stations[slot] = station;
    this.uses[slot] = 0;
    this.closeAt[slot] = board.clock[0] + this.age(slot);
    this.lives[slot] += 1;
    this.balancers[slot] = ledger.opened(station);
    return station;
  }

  /** Spread by a tenth either way, so that connections opened together are not closed together. Source: gRPC proposal A9. */
  private age(slot: number): number {
    const { maxAgeMicros } = this.spec;
    if (maxAgeMicros === null) return Infinity;
    return Math.round(maxAgeMicros * (0.9 + 0.2 * this.upstream.ages.uniform(this.lives[slot], this.keyOf(slot))));
  }

  private keyOf(slot: number): number {
    return mixKeys(this.client, slot);
  }
}
