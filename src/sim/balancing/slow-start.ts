import type { SlowStartSpec } from '../../domain/balancing-spec.js';
import type { Balancer, Endpoint } from '../requests/balancer-port.js';

/** Weights grow in so many steps. */
const STEPS = 100;

/**
 * Lets new endpoints start slowly: until they have been routed to for the window, their share of what is new is
 * max(minWeight, (age / window)^(1 / aggression)) of their weight. Source: Envoy, slow start mode.
 *
 * What is routed to at the first instant of a run is warm. An endpoint that comes back is new again, as in Envoy where it was away from
 * the list, and in HAProxy where a check had failed. Weights are renewed at the next choice a hundredth of the window after the last time.
 */
export class SlowStart implements Balancer {
  private endpoints: readonly Endpoint[] = [];
  private joinedAt = new Map<number, number>();
  private renewAt = Infinity;
  /** The first instant of the run. */
  private readonly first: number;

  constructor(
    /** Null while endpoints have their full weight at once. */
    private spec: SlowStartSpec | null,
    private readonly inner: Balancer,
    /** The present instant, in its first cell. */
    private readonly clock: Float64Array,
  ) {
    this.first = clock[0];
  }

  /** From now on endpoints start like this; those that are on their way are as far as they would be. */
  set(spec: SlowStartSpec): void {
    this.spec = spec;
    this.renew(this.clock[0]);
  }

  route(endpoints: readonly Endpoint[]): void {
    const [now] = this.clock;
    this.joinedAt = new Map(endpoints.map(({ station }) => [station, this.joinedAt.get(station) ?? now]));
    this.endpoints = endpoints;
    this.renew(now);
  }

  pick(ordinal: number, salt: number, caller?: number): number {
    if (this.clock[0] >= this.renewAt) this.renew(this.clock[0]);
    return this.inner.pick(ordinal, salt, caller);
  }

  loadChanged(station: number): void {
    this.inner.loadChanged(station);
  }

  private renew(now: number): void {
    const { spec } = this;
    if (spec === null) {
      this.inner.route(this.endpoints);
      return;
    }
    const { windowMicros } = spec;
    let growing = false;
    const weighed = this.endpoints.map((endpoint) => {
      const joinedAt = this.joinedAt.get(endpoint.station) ?? now;
      if (joinedAt <= this.first || now - joinedAt >= windowMicros) return endpoint;
      growing = true;
      return { ...endpoint, ramp: factor(spec, (now - joinedAt) / windowMicros) };
    });
    this.renewAt = growing ? now + windowMicros / STEPS : Infinity;
    this.inner.route(weighed);
  }
}

function factor({ minWeight, aggression }: SlowStartSpec, age: number): number {
  return Math.max(minWeight, Math.pow(age, 1 / aggression));
}
