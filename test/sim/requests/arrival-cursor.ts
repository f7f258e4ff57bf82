import { type ArrivalProcess, arrivalProcess } from '../../../src/domain/arrival-process.js';
import type { TrafficSpec } from '../../../src/domain/traffic-spec.js';
import type { Streams } from '../../../src/kernel/streams.js';

/** The arrival instants of a traffic source, one at a time. */
export class ArrivalCursor {
  private readonly process: ArrivalProcess;
  private readonly block = new Float64Array(256);
  private filled = 0;
  private position = 0;

  constructor({ name, arrivals, rates }: TrafficSpec, streams: Streams) {
    this.process = arrivalProcess(arrivals, rates, streams.stream('arrivals', name));
  }

  /** The next instant, or Infinity after the last. */
  next(): number {
    if (this.position === this.filled) {
      this.filled = this.process.fill(this.block);
      this.position = 0;
    }
    if (this.filled === 0) return Infinity;
    this.position += 1;
    return this.block[this.position - 1];
  }
}
