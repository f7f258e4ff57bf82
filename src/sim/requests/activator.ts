import type { ActivatorSpec } from '../../domain/activator-spec.js';
import type { ActivatorBuffer, HeldKeys } from './activator-buffer.js';
import type { Balancer, Endpoint } from './balancer-port.js';

/** A balancer that sends what finds no endpoint to a buffer, and tells when it may go on. */
export class Activator implements Balancer {
  /** When what is held goes on; Infinity while there is no endpoint. */
  private openAt = Infinity;

  constructor(
    private readonly spec: ActivatorSpec,
    private readonly inner: Balancer,
    readonly buffer: ActivatorBuffer,
    private readonly clock: Float64Array,
    /** Is to be called at an instant. */
    private readonly alarm: (at: number) => void,
  ) {}

  route(endpoints: readonly Endpoint[]): void {
    this.inner.route(endpoints);
    if (endpoints.length === 0) {
      this.openAt = Infinity;
    } else if (this.openAt === Infinity) {
      this.openAt = this.clock[0] + this.spec.latencyMicros;
      if (this.buffer.queued > 0) this.alarm(this.openAt);
    }
  }

  pick(ordinal: number, salt: number, caller = -1): number {
    const station = this.inner.pick(ordinal, salt, caller);
    if (station >= 0) return station;
    this.buffer.expect({ ordinal, salt, caller });
    return this.buffer.index;
  }

  /** Whether what is held may go on at the present instant. */
  get isOpen(): boolean {
    return this.openAt <= this.clock[0];
  }

  /** The endpoint for a request that has been held, or -1. */
  endpointFor({ ordinal, salt, caller }: HeldKeys): number {
    return this.inner.pick(ordinal, salt, caller);
  }

  loadChanged(station: number): void {
    if (station !== this.buffer.index) this.inner.loadChanged(station);
  }
}
