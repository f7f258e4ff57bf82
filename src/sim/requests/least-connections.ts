import type { StationBoard } from './station-board.js';
import { type Balancer, type Endpoint, shareOf } from './balancer-port.js';

/**
 * Written for speed: a tournament over (visits on board / weight, turn), updated as load changes, so that a choice costs log(n).
 * It means: the endpoint with the fewest visits on board for its weight, among equals the one not chosen for longest (as HAProxy's leastconn);
 * those never chosen come first, in the order of the list.
 */
export class LeastConnections implements Balancer {
  private endpoints: readonly Endpoint[] = [];
  private loads = new Float64Array(0);
  private turns = new Float64Array(0);
  /** winners[node] is the position of the best endpoint below a node of a complete binary tree; leaves start at `leaves`. */
  private winners = new Int32Array(0);
  private leaves = 1;
  private readonly positions = new Map<number, number>();
  private turn = 0;

  constructor(private readonly board: StationBoard) {}

  route(endpoints: readonly Endpoint[]): void {
    const kept = new Map(this.endpoints.map((endpoint, i) => [endpoint.station, this.turns[i]]));
    this.endpoints = endpoints.filter((endpoint) => endpoint.weight > 0);
    const n = this.endpoints.length;
    this.leaves = 1;
    while (this.leaves < n) this.leaves *= 2;
    this.loads = new Float64Array(this.leaves).fill(Infinity);
    this.turns = new Float64Array(this.leaves);
    this.winners = new Int32Array(this.leaves * 2);
    this.positions.clear();
    for (let i = 0; i < n; i += 1) {
      const { station } = this.endpoints[i];
      this.positions.set(station, i);
      this.loads[i] = this.board.inFlight[station] / shareOf(this.endpoints[i]);
      const turn = kept.get(station) ?? 0;
      this.turns[i] = turn > 0 ? turn : i - n;
    }
    for (let i = 0; i < this.leaves; i += 1) this.winners[this.leaves + i] = i;
    for (let node = this.leaves - 1; node > 0; node -= 1) this.playAt(node);
  }

  pick(): number {
    if (this.endpoints.length === 0) return -1;
    const best = this.leaves === 1 ? 0 : this.winners[1];
    this.turn += 1;
    this.turns[best] = this.turn;
    this.replay(best);
    return this.endpoints[best].station;
  }

  loadChanged(station: number): void {
    const position = this.positions.get(station);
    if (position === undefined) return;
    this.loads[position] = this.board.inFlight[station] / shareOf(this.endpoints[position]);
    this.replay(position);
  }

  private replay(position: number): void {
    for (let node = (this.leaves + position) >> 1; node > 0; node >>= 1) this.playAt(node);
  }

  private playAt(node: number): void {
    const a = this.winners[2 * node];
    const b = this.winners[2 * node + 1];
    const bFirst = this.loads[b] < this.loads[a] || (this.loads[b] === this.loads[a] && this.turns[b] < this.turns[a]);
    this.winners[node] = bFirst ? b : a;
  }
}
