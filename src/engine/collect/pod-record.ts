import type { HeapUsage, PodUsage, PodView } from '../../domain/observation.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { CounterRate } from './counter-rate.js';
import { isAmount } from './is-amount.js';

/** What balancers have counted of a pod so far. Counters: they begin anew with its container. */
export interface PodAnswers {
  /** Attempts that have left it, however they ended. */
  readonly answered: number;
  /** Time that they were on board, in microseconds. */
  readonly micros: number;
  /** When the counters were read. */
  readonly sampledAt: Micros;
}

/** Everything kept of one pod: what is known of it and its newest usage. Its samples go when it goes. */
export class PodRecord {
  /** Replaced, never changed, so that whoever holds it keeps what was true then. */
  view: PodView;
  /** Usage at the newest sample; null before the first. */
  usage: PodUsage | null = null;
  /** What balancers had counted of it at the newest sample; null where nobody said. */
  answers: PodAnswers | null = null;
  /** Node it was bound to; null while pending. */
  node: string | null = null;
  /** Node where it is promised the room of pods that have to leave; null where it is promised none. */
  nominated: string | null = null;
  /** The scheduler has said that it fits nowhere. */
  unschedulable = false;
  /** It has been ready once. */
  wasReady = false;
  private readonly cpu: CounterRate;

  constructor(name: string, createdAt: Micros, windowMicros: number) {
    this.view = {
      name,
      createdAt,
      scheduledAt: null,
      started: false,
      ready: null,
      readyChangedAt: null,
      terminating: false,
    };
    this.cpu = new CounterRate(windowMicros);
  }

  /**
   * Takes a sample later than the newest. Garbage (not finite, negative) counts as no sample at all:
   * half a sample would make a pod look idle. What a JVM does not know yet is left out.
   */
  sample(at: Micros, cpuMicros: number, memoryMiB: number, inFlight: number, heap?: HeapUsage): void {
    if (!isAmount(cpuMicros) || !isAmount(memoryMiB) || !isAmount(inFlight)) return;
    const { cpu } = this;
    cpu.push(at, cpuMicros);
    this.usage = {
      pod: this.view.name,
      cpuMillis: cpu.perSecond === null ? null : cpu.perSecond / 1000,
      memoryMiB,
      inFlight,
      ...(heap === undefined || !isKnown(heap) ? {} : { heap }),
      sampledAt: at,
      windowMicros: micros(cpu.spanMicros),
    };
  }
}

function isKnown({ liveMiB, nonHeapMiB, fillMiBPerSecond }: HeapUsage): boolean {
  return isAmount(liveMiB) && isAmount(nonHeapMiB) && isAmount(fillMiBPerSecond);
}
