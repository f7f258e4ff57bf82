import { type ArrivalProcess, arrivalProcess } from '../../domain/arrival-process.js';
import type { TrafficSpec } from '../../domain/traffic-spec.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import type { JobQueuePort } from '../requests/job-port.js';
import type { TrafficSource } from '../requests/traffic-source.js';

const BLOCK = 256;

/** Publishes the jobs of one traffic source, one after the other. */
export class Publisher {
  private readonly instants = new Float64Array(BLOCK + 1);
  private readonly arrivals: ArrivalProcess;
  private readonly classRandom: KeyedRandom;
  private cursor = 0;
  private first = 0;

  constructor(
    spec: TrafficSpec,
    /** The classes of its jobs; it brings no requests itself. */
    private readonly source: TrafficSource,
    private readonly queue: JobQueuePort,
    streams: Streams,
  ) {
    this.arrivals = arrivalProcess(spec.arrivals, spec.rates, streams.stream('arrivals', spec.name));
    this.classRandom = streams.stream('class', spec.name);
    this.fill();
  }

  /** Instant of the next publication, or Infinity. */
  get nextAt(): number {
    return this.instants[this.cursor];
  }

  /** Publishes the next job, now. */
  publish(): void {
    const { operations, hop } = this.source;
    const ordinal = this.first + this.cursor;
    const pick = operations.length === 1 ? 0 : this.source.pick(this.classRandom.uniform(ordinal));
    this.cursor += 1;
    if (this.cursor === BLOCK) {
      this.first += BLOCK;
      this.cursor = 0;
      this.fill();
    }
    this.queue.publish(operations[pick], ordinal, hop, true);
  }

  private fill(): void {
    const count = this.arrivals.fill(this.instants.subarray(0, BLOCK));
    this.instants[count] = Infinity;
  }
}
