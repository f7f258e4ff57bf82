import type { SlowStartSpec } from '../../src/domain/balancing-spec.js';
import type { NaivePods } from './naive-pods.js';
import type { NaiveStation } from './naive-station.js';

/** What share of what is new each pod of a workload gets: its weight, times a part while it starts slowly. */
export class NaiveShares {
  private shares = new Map<NaiveStation, number>();
  private lookedAt = -Infinity;

  constructor(
    private readonly spec: SlowStartSpec | undefined,
    private readonly pods: NaivePods,
  ) {}

  of(pod: NaiveStation): number {
    return this.pods.weightOf(pod) * (this.shares.get(pod) ?? 1);
  }

  /** Before a choice: shares are looked at anew when a hundredth of the window has gone by. */
  look(at: number): void {
    if (this.spec !== undefined && at >= this.lookedAt + this.spec.windowMicros / 100) this.lookAnew(at);
  }

  /** Shares are looked at anew now. */
  lookAnew(at: number): void {
    if (this.spec === undefined) return;
    const { windowMicros, minWeight, aggression } = this.spec;
    this.lookedAt = at;
    this.shares = new Map();
    for (const pod of this.pods.routed) {
      const part = this.pods.age(pod, at) / windowMicros;
      if (part < 1) this.shares.set(pod, Math.max(minWeight, part ** (1 / aggression)));
    }
  }
}
