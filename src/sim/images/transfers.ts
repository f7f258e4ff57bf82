import type { ImagePullSpec } from '../../domain/image-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { PHASE, type Ticket, type Timeline } from '../../kernel/timeline.js';
import { fairLevel } from './fair-level.js';

interface Transfer {
  /** Node that it goes to; transfers to one node share its bandwidth evenly. */
  readonly to: object;
  readonly done: (now: Micros) => void;
  leftMiB: number;
  /** MiB per microsecond at present. */
  rate: number;
}

/**
 * Transfers of images that share the bandwidth of their nodes and of the registry, max-min fairly at every instant.
 *
 * Rates change when a transfer begins or ends; in between, everything is linear, so that ends are exact to the microsecond.
 */
export class Transfers {
  private active: Transfer[] = [];
  private since: Micros;
  private next: Ticket | null = null;

  constructor(
    private readonly timeline: Timeline,
    private readonly spec: Pick<ImagePullSpec, 'nodeMiBPerSecond' | 'registryMiBPerSecond'>,
  ) {
    this.since = timeline.now;
  }

  /** A transfer begins; `done` is called at the instant of its end, unless it is broken off. */
  begin(to: object, sizeMiB: number, done: (now: Micros) => void): void {
    this.pass();
    this.active.push({ to, done, leftMiB: sizeMiB, rate: 0 });
    this.share();
  }

  /** Breaks off all transfers to a node. */
  breakOff(to: object): void {
    this.pass();
    this.active = this.active.filter((transfer) => transfer.to !== to);
    this.share();
  }

  private pass(): void {
    const { now } = this.timeline;
    for (const transfer of this.active) transfer.leftMiB -= transfer.rate * (now - this.since);
    this.since = now;
  }

  private share(): void {
    const { nodeMiBPerSecond, registryMiBPerSecond } = this.spec;
    const counts = new Map<object, number>();
    for (const { to } of this.active) counts.set(to, (counts.get(to) ?? 0) + 1);
    const limits = this.active.map(({ to }) => nodeMiBPerSecond / (counts.get(to) ?? 1));
    const level = fairLevel(limits, registryMiBPerSecond);
    this.active.forEach((transfer, i) => {
      transfer.rate = Math.min(limits[i], level) / 1e6;
    });
    this.plan();
  }

  private plan(): void {
    if (this.next !== null) this.timeline.cancel(this.next);
    this.next = null;
    if (this.active.length === 0) return;
    const first = Math.min(...this.active.map(({ leftMiB, rate }) => leftMiB / rate));
    this.next = this.timeline.at(micros(Math.ceil(this.timeline.now + first)), PHASE.world, (now) => this.finish(now));
  }

  /** Ends are rounded up to the microsecond; whoever has less than that to go is there. */
  private finish(now: Micros): void {
    this.next = null;
    this.pass();
    const there = this.active.filter(({ leftMiB, rate }) => leftMiB <= rate);
    this.active = this.active.filter((transfer) => !there.includes(transfer));
    this.share();
    for (const { done } of there) done(now);
  }
}
