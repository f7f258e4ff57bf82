import type { Balancer, Endpoint } from './balancer-port.js';

/**
 * Endpoints in turn. With unequal weights, nginx's smooth weighted round robin: each turn every endpoint gains its weight, the one that has
 * most is chosen and pays the sum, so that a heavy endpoint's turns are spread out.
 */
export class RoundRobin implements Balancer {
  private endpoints: readonly Endpoint[] = [];
  private stations = new Int32Array(0);
  private credit = new Float64Array(0);
  private total = 0;
  private even = true;
  private turn = 0;

  route(endpoints: readonly Endpoint[]): void {
    this.endpoints = endpoints.filter((endpoint) => endpoint.weight > 0);
    this.stations = Int32Array.from(this.endpoints, (endpoint) => endpoint.station);
    this.credit = new Float64Array(this.endpoints.length);
    this.total = this.endpoints.reduce((sum, endpoint) => sum + endpoint.weight, 0);
    this.even = this.endpoints.every((endpoint) => endpoint.weight === this.endpoints[0].weight);
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
      this.credit[i] += this.endpoints[i].weight;
      if (this.credit[i] > this.credit[best]) best = i;
    }
    this.credit[best] -= this.total;
    return best;
  }
}
