import type { KeyedRandom } from '../../kernel/random.js';
import type { Balancer, Endpoint } from '../requests/balancer-port.js';
import type { BalancerInstance } from './balancer-instance.js';

/**
 * The balancers in front of a workload: an attempt goes to one of them by chance, as a balancer of balancers or DNS would have it, and knows
 * nothing of the others.
 *
 * Where there are several, each sees the endpoints in the same order from another beginning, so that they do not march in step (as Envoy,
 * whose round robin begins anywhere).
 */
export class BalancerFleet implements Balancer {
  /** Position of the one that chose last. */
  last = 0;
  /** Whether it let nothing through. */
  open = false;
  /** Whether the next choice is for a retry. */
  retrying = false;
  private readonly count: number;

  constructor(
    readonly instances: readonly BalancerInstance[],
    private readonly random: KeyedRandom,
  ) {
    this.count = instances.length;
  }

  route(endpoints: readonly Endpoint[]): void {
    this.instances.forEach(({ balancer }, i) => {
      const first = this.count === 1 ? 0 : Math.floor(this.random.uniform(i, BEGINNING) * endpoints.length);
      balancer.route([...endpoints.slice(first), ...endpoints.slice(0, first)]);
    });
  }

  pick(ordinal: number, salt: number, caller?: number): number {
    this.last = this.count === 1 ? 0 : this.random.index(this.count, ordinal, salt);
    const instance = this.instances[this.last];
    this.open = !instance.admits(this.retrying);
    return this.open ? -1 : instance.balancer.pick(ordinal, salt, caller);
  }

  /** Another choice of the one that chose last. */
  again(ordinal: number, salt: number, caller?: number): number {
    return this.instances[this.last].balancer.pick(ordinal, salt, caller);
  }

  /** What is on board of a station has changed; only one that is alone sees it. */
  loadChanged(station: number): void {
    if (this.count === 1) this.instances[0].balancer.loadChanged(station);
  }
}

/** Salt of where an instance begins. */
const BEGINNING = 0x06000000;
