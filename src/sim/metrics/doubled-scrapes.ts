import type { HeapColumns, PodResponses, QueueReading } from '../../domain/fact.js';
import type { Scrape } from './scrape.js';

function mapHeap(heap: HeapColumns, change: (values: readonly number[]) => readonly number[]): HeapColumns {
  const { liveMiB, nonHeapMiB, fillMiBPerSecond } = heap;
  return {
    liveMiB: change(liveMiB),
    nonHeapMiB: change(nonHeapMiB),
    fillMiBPerSecond: change(fillMiBPerSecond),
  };
}

/** One counter that was counted twice for a while: what it read last, and how far the doubled one is ahead of it. */
interface Counter {
  last: number;
  ahead: number;
}

/**
 * What one workload's metrics look like when everything is counted twice, as where two copies of each series are added up.
 *
 * Counters grow twice as fast while it lasts and keep their lead afterwards, so that rates double and fall back; gauges double. A counter that
 * was not read the time before begins to be doubled at the next scrape.
 */
export class DoubledScrapes {
  private readonly counters = new Map<string, Counter>();

  /** `before` is the last scrape that was not doubled; null where there was none. */
  constructor(before: Scrape | null) {
    if (before !== null) this.pass(before, false);
  }

  /** Takes a true scrape and returns what is delivered. Must see every scrape from then on, doubled or not. */
  pass(read: Scrape, doubled: boolean): Scrape {
    const factor = doubled ? 2 : 1;
    const twice = (values: readonly number[]): number[] => values.map((value) => value * factor);
    const { pods, traffic } = read;
    const cpuMicros = pods.pods.map((pod, i) => this.count(`pod ${pod}`, pods.cpuMicros[i], doubled));
    return {
      pods: {
        ...pods,
        cpuMicros,
        memoryMiB: twice(pods.memoryMiB),
        inFlight: twice(pods.inFlight),
        ...(pods.heap === undefined ? {} : { heap: mapHeap(pods.heap, twice) }),
        ...(pods.responses === undefined ? {} : { responses: this.responses(pods.pods, pods.responses, doubled) }),
        ...this.answers(pods, doubled),
      },
      traffic: {
        ...traffic,
        requests: this.count('requests', traffic.requests, doubled),
        errors: this.count('errors', traffic.errors, doubled),
        queueLength: traffic.queueLength * factor,
        inFlight: traffic.inFlight * factor,
        ...(traffic.queue === undefined ? {} : { queue: this.queue(traffic.queue, doubled) }),
      },
    };
  }

  private responses(pods: readonly string[], read: PodResponses, doubled: boolean): PodResponses {
    const columns = (kind: string, values: readonly number[]): readonly number[] =>
      values.map((value, i) => this.count(`${kind} ${pods[i]}`, value, doubled));
    return {
      le: read.le,
      ok: columns('ok', read.ok),
      errors: columns('errors', read.errors),
      sumMicros: columns('sum', read.sumMicros),
      buckets: read.buckets.map((counts, i) =>
        counts.map((count, k) => this.count(`le ${k} ${pods[i]}`, count, doubled)),
      ),
    };
  }

  private answers({ pods, answered, answerMicros }: Scrape['pods'], doubled: boolean): Partial<Scrape['pods']> {
    if (answered === undefined || answerMicros === undefined) return {};
    const counted = (what: string, values: readonly number[]): number[] =>
      pods.map((pod, i) => this.count(`${what} ${pod}`, values[i], doubled));
    return { answered: counted('answered', answered), answerMicros: counted('answerMicros', answerMicros) };
  }

  private queue({ messages, ageSeconds, published }: QueueReading, doubled: boolean): QueueReading {
    const factor = doubled ? 2 : 1;
    return {
      messages: messages * factor,
      ageSeconds: ageSeconds * factor,
      published: this.count('published', published, doubled),
    };
  }

  private count(name: string, value: number, doubled: boolean): number {
    const counter = this.counters.get(name) ?? { last: value, ahead: 0 };
    this.counters.set(name, counter);
    const restarted = value < counter.last;
    if (restarted) counter.ahead = 0;
    if (doubled) counter.ahead += restarted ? value : value - counter.last;
    counter.last = value;
    return value + counter.ahead;
  }
}
