import type { Micros } from '../../kernel/micros.js';
import type { Pod } from '../pods/pod.js';

/** CPU that a workload's pods have used, and time they have been ready, in one step of the series. */
export interface StepReading {
  /** CPU time of all pods, draining and starting ones included. */
  readonly cpuMicros: number;
  /** CPU time of pods while they were ready. */
  readonly readyCpuMicros: number;
  /** CPU that ready pods requested, in thousandths of a core, times time. */
  readonly requestedMillisMicros: number;
}

/** Keeps the books of one workload's CPU time and ready time, exactly, whenever a pod changes. */
export class StepUsage {
  private cpuMicros = 0;
  private readyCpuMicros = 0;
  private requestedMillisMicros = 0;
  private readyPods = 0;
  /** What they request. */
  private readyMillis = 0;
  private since: Micros;

  constructor(start: Micros) {
    this.since = start;
  }

  /** Pods that are ready now. */
  get ready(): number {
    return this.readyPods;
  }

  /** Books what a pod has used since last time; must be called before its readiness changes and before its process ends. */
  book(pod: Pod): void {
    if (!pod.running || pod.process === null) return;
    const used = pod.process.cpuMicros();
    const more = used - pod.bookedCpuMicros;
    pod.bookedCpuMicros = used;
    this.cpuMicros += more;
    if (pod.ready) this.readyCpuMicros += more;
  }

  /** One pod more (1) or less (-1) is ready. */
  changeReady(pod: Pod, by: 1 | -1, now: Micros): void {
    this.pass(now);
    this.readyPods += by;
    this.readyMillis += by * (pod.spec.cpuRequestMillis ?? 0);
  }

  /** A ready pod requests so much more CPU than it did. */
  changeRequest(byMillis: number, now: Micros): void {
    this.pass(now);
    this.readyMillis += byMillis;
  }

  /** Ends a step: books every pod, returns the sums and starts the next. */
  take(pods: Iterable<Pod>, now: Micros): StepReading {
    for (const pod of pods) this.book(pod);
    this.pass(now);
    const { cpuMicros, readyCpuMicros, requestedMillisMicros } = this;
    this.cpuMicros = 0;
    this.readyCpuMicros = 0;
    this.requestedMillisMicros = 0;
    return { cpuMicros, readyCpuMicros, requestedMillisMicros };
  }

  private pass(now: Micros): void {
    this.requestedMillisMicros += this.readyMillis * (now - this.since);
    this.since = now;
  }
}
