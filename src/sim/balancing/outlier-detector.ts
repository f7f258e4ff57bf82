import type { OutlierEjectionSpec } from '../../domain/balancing-spec.js';
import { partOfDown, partOfUp } from '../../kernel/part-of.js';
import type { Balancer, Endpoint } from '../requests/balancer-port.js';

/** What is known of one endpoint. */
interface Conduct {
  /** Failures in a row. */
  failures: number;
  /** By how many times the base its next ejection is longer: grows with each, falls with each look that finds it in service. */
  times: number;
  /** When it was ejected; null while it is in service. */
  ejectedAt: number | null;
}

/**
 * Ejects endpoints that fail several times in a row, and takes them back at one of its looks, once they have been out for long enough.
 * Source: Envoy, outlier detection by consecutive 5xx and panic threshold.
 *
 * Looks fall on the multiples of the interval; what happens at the same instant comes after. Nothing is held against an endpoint that is
 * out, where a panic still sends it something. An endpoint that leaves the list is forgotten.
 */
export class OutlierDetector implements Balancer {
  /** Ejections so far. */
  ejections = 0;
  private endpoints: readonly Endpoint[] = [];
  private conduct = new Map<number, Conduct>();
  private out = 0;
  private nextLook = Infinity;

  constructor(
    /** Null while nobody is ejected. */
    private spec: OutlierEjectionSpec | null,
    private readonly inner: Balancer,
    /** The present instant, in its first cell. */
    private readonly clock: Float64Array,
  ) {}

  /** From now on endpoints are ejected by these rules; those that are out stay out by them. */
  set(spec: OutlierEjectionSpec): void {
    this.catchUp();
    this.spec = spec;
    this.publish();
  }

  /** Endpoints that are out now. */
  get ejected(): number {
    this.catchUp();
    return this.out;
  }

  route(endpoints: readonly Endpoint[]): void {
    this.catchUp();
    const unknown = (): Conduct => ({ failures: 0, times: 0, ejectedAt: null });
    this.conduct = new Map(endpoints.map(({ station }) => [station, this.conduct.get(station) ?? unknown()]));
    this.out = [...this.conduct.values()].filter(({ ejectedAt }) => ejectedAt !== null).length;
    this.endpoints = endpoints;
    this.publish();
  }

  pick(ordinal: number, salt: number, caller?: number): number {
    this.catchUp();
    return this.inner.pick(ordinal, salt, caller);
  }

  loadChanged(station: number): void {
    this.inner.loadChanged(station);
  }

  /** An endpoint has answered properly. */
  succeeded(station: number): void {
    const conduct = this.conduct.get(station);
    if (conduct !== undefined) conduct.failures = 0;
  }

  /** An endpoint has failed an attempt. */
  failed(station: number): void {
    this.catchUp();
    const conduct = this.conduct.get(station);
    const { spec } = this;
    if (spec === null || conduct === undefined || conduct.ejectedAt !== null) return;
    conduct.failures += 1;
    if (conduct.failures < spec.consecutiveErrors) return;
    conduct.failures = 0;
    const spared = this.out > 0 || spec.alwaysEjectOne === false;
    if (!spared || this.out < partOfDown(spec.maxEjected, this.endpoints.length)) this.eject(conduct, spec);
  }

  private eject(
    conduct: Conduct,
    { baseEjectionMicros, maxEjectionMicros, intervalMicros }: OutlierEjectionSpec,
  ): void {
    const [now] = this.clock;
    conduct.times = Math.min(conduct.times + 1, Math.ceil(maxEjectionMicros / baseEjectionMicros));
    conduct.ejectedAt = now;
    this.out += 1;
    this.ejections += 1;
    if (this.nextLook === Infinity) this.nextLook = (Math.floor(now / intervalMicros) + 1) * intervalMicros;
    this.publish();
  }

  private catchUp(): void {
    const { spec } = this;
    if (spec === null) return;
    while (this.nextLook <= this.clock[0]) this.look(this.nextLook, spec);
  }

  private look(at: number, { intervalMicros, baseEjectionMicros, maxEjectionMicros }: OutlierEjectionSpec): void {
    const outBefore = this.out;
    let marked = false;
    for (const conduct of this.conduct.values()) {
      if (conduct.ejectedAt === null) conduct.times = Math.max(0, conduct.times - 1);
      else if (at - conduct.ejectedAt >= Math.min(baseEjectionMicros * conduct.times, maxEjectionMicros)) {
        conduct.ejectedAt = null;
        conduct.failures = 0;
        this.out -= 1;
      }
      marked = marked || conduct.times > 0;
    }
    this.nextLook = marked ? at + intervalMicros : Infinity;
    if (this.out !== outBefore) this.publish();
  }

  private publish(): void {
    const { endpoints, out } = this;
    const left = endpoints.length - out;
    const panics = left < partOfUp(this.spec?.panicThreshold ?? 0, endpoints.length);
    this.inner.route(out === 0 || panics ? endpoints : endpoints.filter(({ station }) => !this.isOut(station)));
  }

  private isOut(station: number): boolean {
    return (this.conduct.get(station)?.ejectedAt ?? null) !== null;
  }
}
