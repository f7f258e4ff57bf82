import type { JvmProcess } from '../../domain/jvm/jvm-process.js';
import type { Micros } from '../../kernel/micros.js';

/** A collector gives up after so many collections of the whole heap in a row (HotSpot, AdaptiveSizePolicyGCTimeLimitThreshold) ... */
const IN_A_ROW = 5;
/** ... that took more than this share of the time (GCTimeLimit) ... */
const TIME_LIMIT = 0.98;
/** ... and freed less than this share of the heap (GCHeapFreeLimit). */
const FREE_LIMIT = 0.02;

/** A rate over less time than this, in microseconds, says nothing. */
const SHORT = 1000;

/** How far the young and the old generation have been filled since they were collected last, in MiB, and how fast. */
export class HeapFill {
  /** Of the heap, what is not the young generation. */
  readonly oldMiB: number;
  private readonly youngMiB: number;
  private readonly promotedShare: number;
  private readonly heapMiB: number;
  private young = 0;
  private old = 0;
  private fullSince: number;
  private passedAt: number;
  /** Time for which the program has run since the last collection of the whole heap, in microseconds. */
  private ran = 0;
  /** Since the last collection of either kind, and between the two newest looks: what was allocated, in how long. */
  private readonly lately = { mib: 0, micros: 0 };
  private readonly justNow = { mib: 0, micros: 0 };
  private vain = 0;

  constructor({ heapMiB, traits }: JvmProcess, start: Micros) {
    this.heapMiB = heapMiB;
    this.youngMiB = traits.youngMiB ?? Infinity;
    this.oldMiB = heapMiB - (traits.youngMiB ?? 0);
    this.promotedShare = traits.promotedShare;
    this.fullSince = start;
    this.passedAt = start;
  }

  /** So much has been allocated since time was passed before, while the program stood still or ran. */
  pass(mib: number, now: Micros, stood: boolean): void {
    const elapsed = now - this.passedAt;
    this.passedAt = now;
    this.young += mib;
    this.old += mib * this.promotedShare;
    if (stood) return;
    this.ran += elapsed;
    this.lately.mib += mib;
    this.lately.micros += elapsed;
    if (elapsed >= SHORT) Object.assign(this.justNow, { mib, micros: elapsed });
  }

  get youngIsDue(): boolean {
    return this.young >= this.youngMiB;
  }

  /** Whether the whole heap has to be collected with so much live. */
  fullIsDue(liveMiB: number): boolean {
    return this.old >= this.oldMiB - liveMiB;
  }

  /** The young generation is collected. */
  takeYoung(): void {
    this.young -= this.youngMiB;
    this.startAnew();
  }

  /** The whole heap is collected; at what rate objects have grown old since the last time, in MiB a second. */
  takeFull(liveMiB: number, now: Micros): number {
    const roomMiB = this.oldMiB - liveMiB;
    const elapsed = now - this.fullSince;
    const rate = (this.old / elapsed) * 1e6;
    const inVain = this.ran < (1 - TIME_LIMIT) * elapsed && roomMiB < FREE_LIMIT * this.heapMiB;
    this.vain = inVain ? this.vain + 1 : 0;
    this.old -= roomMiB;
    this.fullSince = now;
    this.ran = 0;
    this.startAnew();
    return rate;
  }

  /** Whether the collector gives up, as it frees next to nothing for all the time that it takes. */
  get inVain(): boolean {
    return this.vain >= IN_A_ROW;
  }

  /** In how many microseconds the next collection is due at the rate of late, or at the present one if that is higher; Infinity where nothing fills the heap. */
  dueIn(liveMiB: number, presentMiBPerMicro: number): number {
    const perMicro = Math.max(rateOf(this.lately), rateOf(this.justNow), presentMiBPerMicro);
    if (perMicro === 0) return Infinity;
    const youngIn = (this.youngMiB - this.young) / perMicro;
    const fullIn = (this.oldMiB - liveMiB - this.old) / (perMicro * this.promotedShare);
    return Math.min(youngIn, fullIn);
  }

  private startAnew(): void {
    this.lately.mib = 0;
    this.lately.micros = 0;
  }
}

function rateOf({ mib, micros }: { readonly mib: number; readonly micros: number }): number {
  return micros > 0 ? mib / micros : 0;
}
