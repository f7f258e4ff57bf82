import type { WarmUpSpec } from '../../domain/world-spec.js';

/** What counts of a process that may have to warm up. */
export interface WarmingProcess {
  /** It was there before the run. */
  readonly warm: boolean;
  readonly readyAt: number;
  /** Requests taken on board. */
  readonly boarded: number;
}

/**
 * How much more CPU a request takes at a process that has not warmed up: 1 + (factor - 1) * exp(-age / span), where the age is counted in
 * requests taken on board before, or in time since the pod was ready.
 *
 * Of N things to be compiled or cached, all as likely to be wanted, exp(-k / N) have not been touched after k requests (the coupon collector);
 * each costs once more than it will. Just-in-time compilers count invocations likewise.
 */
export class WarmUp {
  constructor(private readonly spec: WarmUpSpec) {}

  /** The factor on the demand of a request that comes to a process at an instant. */
  factorAt(process: WarmingProcess, now: number): number {
    return process.warm ? 1 : 1 + (this.spec.factor - 1) * Math.exp(-this.ageOf(process, now));
  }

  private ageOf({ readyAt, boarded }: WarmingProcess, now: number): number {
    const { requests, timeMicros } = this.spec;
    return requests === undefined ? Math.max(0, now - readyAt) / timeMicros : boarded / requests;
  }
}
