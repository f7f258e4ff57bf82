import type { DependencySpec } from '../../domain/world-spec.js';
import type { DependencyPort } from '../data-plane.js';
import type { Front, FrontTally } from './front.js';
import type { StationBoard } from './station-board.js';
import { OUTCOME, type Outcome } from './outcome.js';
import type { FcfsStation } from './fcfs-station.js';
import { StepColumns } from './step-columns.js';
import { BEGUN, noWork, WAITED } from './work-sums.js';

/** A dependency as its callers see it: one station that does not scale, behind a rate limit (a token bucket that holds one second's worth). */
export class DependencyFront implements Front, DependencyPort {
  readonly name: string;
  readonly lazy = false;
  readonly fcfs = true;
  readonly timesPatience = false;
  readonly noticesBoarding = false;
  readonly warmUp = null;
  readonly gate = null;
  readonly meter = null;
  private readonly gauges = new StepColumns(['utilisation', 'queue', 'waitMs', 'rejected']);
  readonly refusal: Outcome = OUTCOME.rejected;
  private tokens: number;
  private filledAt = -Infinity;
  private rejected = 0;
  private busyBefore = 0;
  private readonly workBefore = noWork();

  constructor(
    readonly index: number,
    private readonly spec: DependencySpec,
    readonly station: FcfsStation,
    readonly tally: FrontTally,
    private readonly board: StationBoard,
  ) {
    this.name = spec.name;
    board.speed[station.index] = 1;
    this.tokens = bucketSize(spec);
  }

  choose(): number {
    if (this.spec.rateLimit === null || this.admit(this.board.now, this.spec.rateLimit)) return this.station.index;
    this.rejected += 1;
    return -1;
  }

  patience(): number {
    return Infinity;
  }

  loadChanged(): void {
    // One station: there is nothing to choose.
  }

  moreColumns(): Record<string, Float64Array> {
    return this.gauges.columns();
  }

  slow(factor: number): void {
    this.station.slow(factor);
  }

  closeStep(stepMicros: number): void {
    const busy = this.station.busyMicros();
    const { work } = this.tally;
    const begun = work[BEGUN] - this.workBefore[BEGUN];
    this.gauges.append([
      (busy - this.busyBefore) / (stepMicros * this.spec.concurrency),
      this.station.queued,
      begun === 0 ? NaN : (work[WAITED] - this.workBefore[WAITED]) / begun / 1e3,
      this.rejected,
    ]);
    this.busyBefore = busy;
    this.workBefore.set(work);
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
