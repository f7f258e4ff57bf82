import { concurrentGcThreads, type JvmProcess } from '../../domain/jvm/jvm-process.js';
import type { JvmSpec } from '../../domain/jvm/jvm-spec.js';
import { type Micros, micros, seconds } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { CollectorPort, ProcessPort } from '../data-plane.js';
import type { HeapState } from './heap-state.js';
import { HeapFill } from './heap-fill.js';
import type { JvmBooks } from './jvm-books.js';

/** What a heap stands in. */
export interface HeapPlace {
  readonly timeline: Timeline;
  readonly books: JvmBooks;
  readonly collector: CollectorPort;
  /** Whose heap it is. */
  readonly process: Pick<ProcessPort, 'inFlight' | 'limitInFlight'>;
  /** It cannot hold what is live, or collecting is all it does, in the JVM's own words: the process ends. */
  readonly outOfMemory: (reason: string, now: Micros) => void;
}

/** A look at the heap comes so much later at the earliest, and at the latest. */
const SOONEST = 1000;
const LATEST = seconds(1);

/** Less CPU time than this, in microseconds, is none. */
const NOTHING = 0.01;

/**
 * The heap of one container's JVM from its start to its end: requests fill it as they use CPU, and it is collected when it is full.
 *
 * A young collection is due whenever the young generation has been filled, one of the whole heap when as much has grown old as there is room
 * beside the young generation and what is live: the model of `gcCost`, event by event. When either will be due is foreseen from the rate since
 * the last one; what has come beyond that by the time of looking counts for the next.
 */
export class CollectedHeap implements HeapState {
  readonly committedMiB: number;
  readonly nonHeapMiB: number;
  liveMiB = NaN;
  fillMiBPerSecond = NaN;
  private readonly fill: HeapFill;
  /** CPU time of collecting at which the present stop is over; null where the program runs. */
  private stopUntil: number | null = null;
  /** CPU time that the collection beside the program still needs. */
  private beside = 0;
  /** CPU time of collecting that is in the books. */
  private booked = 0;
  /** CPU time of requests whose allocations are in the heap. */
  private seen = 0;
  /** Threads that collect beside the program at present; -1 while it stands still. */
  private threads = 0;
  /** Requests have taken live memory beyond what fits. */
  private overflown = false;
  /** It is told when more requests than these are on board; NaN where it is not. */
  private watched = NaN;
  /** Grows with every plan to look; earlier plans are void. */
  private plan = 0;

  constructor(
    private readonly spec: JvmSpec,
    private readonly process: JvmProcess,
    private readonly place: HeapPlace,
  ) {
    this.committedMiB = process.heapMiB + process.nonHeapMiB;
    this.nonHeapMiB = process.nonHeapMiB;
    this.fill = new HeapFill(process, place.timeline.now);
  }

  /** The container has started. */
  begin(now: Micros): void {
    this.place.books.changeRunning(1, now);
    this.look(now);
  }

  end(): void {
    const { books, timeline } = this.place;
    this.plan += 1;
    this.pass(timeline.now);
    books.changeRunning(-1, timeline.now);
    if (this.stopUntil !== null) books.changeStopped(-1, timeline.now);
  }

  /** Something has changed that plans rested on. */
  look(now: Micros): void {
    this.pass(now);
    if (this.stopUntil !== null && !this.endStop(now)) return;
    const live = this.live();
    if (this.overflown || live >= this.fill.oldMiB) this.place.outOfMemory('Java heap space', now);
    else if (this.fill.inVain) this.place.outOfMemory('GC overhead limit exceeded', now);
    else if (this.fill.fullIsDue(live)) this.collectAll(live, now);
    else if (this.fill.youngIsDue) this.collectYoung(now);
    else this.lookAgain(live, now);
  }

  /** Memory that is reachable, in MiB. */
  private live(): number {
    return this.spec.liveMiB + this.spec.livePerRequestMiB * this.place.process.inFlight();
  }

  /** Books what requests and collecting have used since last time. */
  private pass(now: Micros): void {
    const { collector, books } = this.place;
    const requestMicros = collector.requestMicros();
    const mib = ((requestMicros - this.seen) / 1e6) * this.spec.allocationMiBPerCpuSecond;
    this.seen = requestMicros;
    this.fill.pass(mib, now, this.stopUntil !== null);
    const used = collector.collectMicros() - this.booked;
    this.booked += used;
    books.use(used);
    if (this.stopUntil === null) this.beside = Math.max(0, this.beside - used);
  }

  private collectAll(live: number, now: Micros): void {
    const { traits } = this.process;
    const cpuMicros = (live / traits.traceMiBPerCpuSecond) * 1e6;
    this.place.books.count('fullCollections');
    this.liveMiB = live;
    this.fillMiBPerSecond = this.fill.takeFull(live, now);
    // What an earlier one has not managed beside the program is now done while it stands still.
    const stop = cpuMicros * traits.stoppedShare + this.beside;
    this.beside = cpuMicros * (1 - traits.stoppedShare);
    this.stop(stop, now);
  }

  private collectYoung(now: Micros): void {
    const { youngMiB, promotedShare, traceMiBPerCpuSecond } = this.process.traits;
    this.place.books.count('youngCollections');
    this.fill.takeYoung();
    this.stop((((youngMiB ?? 0) * promotedShare) / traceMiBPerCpuSecond) * 1e6, now);
  }

  private stop(cpuMicros: number, now: Micros): void {
    const { books, collector } = this.place;
    if (cpuMicros <= NOTHING) {
      this.runOn();
      this.lookAt(now);
      return;
    }
    this.stopUntil = this.booked + cpuMicros;
    books.changeStopped(1, now);
    this.threads = -1;
    collector.collect(this.process.traits.threads, true);
    this.lookAt(collector.collectedAt(cpuMicros));
  }

  /** Lets the program go on if the stop is over; false where it is not. */
  private endStop(now: Micros): boolean {
    const lacking = (this.stopUntil ?? 0) - this.booked;
    if (lacking > NOTHING) {
      this.lookAt(this.place.collector.collectedAt(lacking));
      return false;
    }
    this.stopUntil = null;
    this.place.books.changeStopped(-1, now);
    this.runOn();
    return true;
  }

  /** The program runs, and beside it whoever still collects. */
  private runOn(): void {
    const threads = this.beside > NOTHING ? concurrentGcThreads(this.process.traits.threads) : 0;
    if (threads === this.threads) return;
    this.threads = threads;
    this.place.collector.collect(threads, false);
  }

  private lookAgain(live: number, now: Micros): void {
    const { collector } = this.place;
    this.runOn();
    this.watchArrivals();
    const present = (collector.requestCores() * this.spec.allocationMiBPerCpuSecond) / 1e6;
    const due = this.fill.dueIn(live, present);
    const next = this.threads > 0 ? Math.min(due, collector.collectedAt(this.beside) - now) : due;
    this.lookAt(micros(now + Math.ceil(Math.min(LATEST, Math.max(SOONEST, next)))));
  }

  /** Has itself told of the first request that comes where there is none, and of one too many for the heap. */
  private watchArrivals(): void {
    const { process } = this.place;
    const { livePerRequestMiB, liveMiB } = this.spec;
    const fit = livePerRequestMiB === 0 ? Infinity : Math.ceil((this.fill.oldMiB - liveMiB) / livePerRequestMiB) - 1;
    const most = process.inFlight() === 0 ? 0 : fit;
    if (most === this.watched) return;
    this.watched = most;
    process.limitInFlight(most, (at) => {
      this.overflown = most === fit;
      this.watched = NaN;
      this.lookAt(at);
    });
  }

  private lookAt(at: Micros): void {
    this.plan += 1;
    const { plan } = this;
    this.place.timeline.at(at, PHASE.world, (now) => {
      if (this.plan === plan) this.look(now);
    });
  }
}
