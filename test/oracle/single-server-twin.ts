import { SERVICE_MICROS } from './oracle-case.js';
import type { KnownAverage, Twin } from './twin.js';

/** Single servers that take the requests in turn, first come first served, by Lindley's recursion. */
export class SingleServerTwin implements Twin {
  readonly known: readonly KnownAverage[];
  private readonly freeAt: Float64Array;
  private turn = 0;
  private waited = 0;

  constructor(
    servers: number,
    /** How fast each works. */
    private readonly speed: number,
    meanWait: number,
  ) {
    this.freeAt = new Float64Array(servers);
    this.known = [{ name: 'wait', expected: meanWait }];
  }

  serve(arrivedAt: number, demand: number): void {
    const start = Math.max(arrivedAt, this.freeAt[this.turn]);
    this.waited += start - arrivedAt;
    this.freeAt[this.turn] = start + demand / this.speed;
    this.turn = this.turn + 1 === this.freeAt.length ? 0 : this.turn + 1;
  }

  take(): readonly number[] {
    const taken = [this.waited / SERVICE_MICROS];
    this.waited = 0;
    return taken;
  }
}
