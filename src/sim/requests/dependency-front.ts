import type { DependencySpec } from '../../domain/world-spec.js';
import type { DependencyPort } from '../data-plane.js';
import { type Front, FrontTally } from './front.js';
import { OUTCOME, type Outcome } from './outcome.js';
import type { Station } from './station.js';
import { StepColumns } from './step-columns.js';

/** A dependency as its callers see it: one station that does not scale, behind a rate limit (a token bucket that holds one second's worth). */
export class DependencyFront implements Front, DependencyPort {
  readonly name: string;
  readonly lazy = false;
  readonly countsCpu = false;
  readonly tally = new FrontTally();
  readonly gauges = new StepColumns(['utilisation', 'queue', 'waitMs', 'rejected']);
  readonly refusal: Outcome = OUTCOME.rejected;
  private tokens: number;
  private filledAt = -Infinity;
  private rejected = 0;
  private busyBefore = 0;
  private waitedBefore = 0;
  private begunBefore = 0;

  constructor(
    readonly index: number,
    private readonly spec: DependencySpec,
    readonly station: Station,
  ) {
    this.name = spec.name;
    this.tokens = bucketSize(spec);
  }

  choose(at: number): Station | null {
    if (this.spec.rateLimit === null || this.admit(at, this.spec.rateLimit)) return this.station;
    this.rejected += 1;
    return null;
  }

  patience(): number {
    return Infinity;
  }

  loadChanged(): void {
    // One station: there is nothing to choose.
  }

  slow(factor: number): void {
    this.station.slow(factor);
  }

  closeStep(at: number, stepMicros: number): void {
    const busy = this.station.busyMicros(at);
    const begun = this.station.begun - this.begunBefore;
    this.gauges.append([
      (busy - this.busyBefore) / (stepMicros * this.spec.concurrency),
      this.station.queued,
      begun === 0 ? NaN : (this.station.waitedMicros - this.waitedBefore) / begun / 1e3,
      this.rejected,
    ]);
    this.busyBefore = busy;
    this.waitedBefore = this.station.waitedMicros;
    this.begunBefore = this.station.begun;
    this.rejected = 0;
  }

  private admit(at: number, rate: number): boolean {
    this.tokens = Math.min(bucketSize(this.spec), this.tokens + ((at - this.filledAt) * rate) / 1e6);
    this.filledAt = at;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

function bucketSize(spec: DependencySpec): number {
  return Math.max(1, spec.rateLimit ?? 1);
}
