import type { CpuQuota, ServingSpec } from '../../src/domain/world-spec.js';
import { NaiveSharing, type NaiveVisit } from './naive-station.js';

/** Where a pod's bandwidth stands. */
interface Bandwidth {
  at: number;
  left: number;
  refillAt: number;
}

/** Threads on cores under a quota, carried from one event to the next: the quota runs out, a period begins. */
export class NaiveCfs extends NaiveSharing {
  private bandwidth: Bandwidth | null = null;
  /** When its first period began. */
  private origin: number | null = null;

  constructor(
    concurrency: number,
    queueLimit: number,
    cores: number,
    private quota: CpuQuota | undefined,
  ) {
    super(concurrency, queueLimit, cores);
  }

  protected override begin(visit: NaiveVisit): void {
    super.begin(visit);
    this.bandwidth ??= this.whole(this.movedAt);
  }

  /** A new quota is there whole at once; its periods go on where there were any. */
  protected override give(serving: ServingSpec): void {
    super.give(serving);
    this.quota = serving.quota;
    this.bandwidth = this.origin === null && this.working() === 0 ? null : this.whole(this.movedAt);
  }

  private whole(at: number): Bandwidth {
    if (this.quota === undefined) return { at, left: Infinity, refillAt: Infinity };
    this.origin ??= at;
    const period = this.period();
    return { at, left: this.full(), refillAt: this.origin + (Math.floor((at - this.origin) / period) + 1) * period };
  }

  protected override progress(at: number): void {
    const n = this.working();
    this.movedAt = at;
    if (this.bandwidth === null) return;
    const done = this.walk(this.bandwidth, n, (now) => now >= at, at);
    for (const visit of this.inside) if (visit.state === 'working') visit.left -= done;
  }

  protected override metAt(visit: NaiveVisit): number {
    const copy = { ...this.bandwidth! };
    const n = this.working();
    const rate = Math.min(1, this.cores / n);
    let left = visit.left;
    for (;;) {
      const event = this.nextEvent(copy, n);
      const gain = this.gain(copy, n, event);
      if (left / rate <= gain / rate + 0.001) return Math.max(this.movedAt, Math.ceil(copy.at + left / rate - 0.001));
      left -= gain;
      this.move(copy, n, event);
    }
  }

  private walk(bandwidth: Bandwidth, n: number, over: (now: number) => boolean, at: number): number {
    let done = 0;
    while (!over(bandwidth.at)) {
      const next = Math.min(at, this.nextEvent(bandwidth, n));
      done += this.gain(bandwidth, n, next);
      this.move(bandwidth, n, next);
    }
    return done;
  }

  /** The quota is used up, or the next period begins. */
  private nextEvent({ at, left, refillAt }: Bandwidth, n: number): number {
    const busy = Math.min(n, this.cores);
    return left > 0 && busy > 0 ? Math.min(refillAt, at + left / busy) : refillAt;
  }

  /** What each of n threads gets done until then. */
  private gain({ at, left }: Bandwidth, n: number, until: number): number {
    if (left <= 0 || n === 0) return 0;
    return (until - at) * Math.min(1, this.cores / n);
  }

  private move(bandwidth: Bandwidth, n: number, to: number): void {
    const busy = Math.min(n, this.cores);
    const used = bandwidth.left > 0 ? (to - bandwidth.at) * busy : 0;
    bandwidth.left = bandwidth.left - used < 0.001 ? 0 : bandwidth.left - used;
    bandwidth.at = to;
    if (to < bandwidth.refillAt) return;
    bandwidth.left = this.full();
    bandwidth.refillAt += this.period();
  }

  private full(): number {
    return this.quota === undefined ? Infinity : this.quota.cores * this.quota.periodMicros;
  }

  private period(): number {
    return this.quota?.periodMicros ?? Infinity;
  }
}
