import { type Balancer, type Endpoint, shareOf } from './balancer-port.js';

/**
 * Endpoints in turn. With unequal weights, nginx's smooth weighted round robin: each turn every endpoint gains its weight, the one that has
 * most is chosen and pays the sum, so that a heavy endpoint's turns are spread out. While the endpoints stay, other weights take no credit away.
 */
export class RoundRobin implements Balancer {
  private weights = new Float64Array(0);
  private stations = new Int32Array(0);
  private credit = new Float64Array(0);
  private total = 0;
  private even = true;
  private turn = 0;

  route(endpoints: readonly Endpoint[]): void {
    const usable = endpoints.filter((endpoint) => endpoint.weight > 0);
    const known = this.stations;
    const same = usable.length === known.length && usable.every(({ station }, i) => station === known[i]);
    if (!same) {
      this.stations = Int32Array.from(usable, (endpoint) => endpoint.station);
      this.credit = new Float64Array(usable.length);
    }
    this.weights = Float64Array.from(usable, shareOf);
    this.total = this.weights.reduce((sum, weight) => sum + weight, 0);
    this.even = this.weights.every((weight) => weight === this.weights[0]);
  }

  pick(): number {
    const n = this.stations.length;
    if (n === 0) return -1;
    if (!this.even) return this.stations[this.smooth(n)];
    if (this.turn >= n) this.turn = 0;
    this.turn += 1;
    return this.stations[this.turn - 1];
  }

  loadChanged(): void {
    // Load plays no part in turns.
  }

  private smooth(n: number): number {
    let best = 0;
    for (let i = 0; i < n; i += 1) {
      this.credit[i] += this.weights[i];
      if (this.credit[i] > this.credit[best]) best = i;
    }
    this.credit[best] -= this.total;
    return best;
  }
}
