import type { Calls } from './calls.js';
import { TimeoutLane } from './timeout-lane.js';

/**
 * Written for speed: every attempt sets a time-out, almost none is still waited for when it is due, and the request loop asks for the next
 * at every event. It means: a list of (due, call, epoch) sorted by due, then by length in the order in which lengths first came up, out of
 * which those fall, sooner or later, whose attempt has ended.
 *
 * One lane for each length: time-outs of one length are due in the order in which they were set, so no heap is needed.
 */
export class TimeoutLanes {
  private readonly lengths: number[] = [];
  private readonly lanes: TimeoutLane[] = [];
  /** One cell: when the next one is due, or Infinity. */
  readonly due = Float64Array.of(Infinity);
  /** Lane of the next one. */
  private first = 0;

  constructor(private readonly calls: Calls) {}

  /** Times the present attempt of a call from `now` on; true when nothing is due before. */
  push(lengthMicros: number, now: number, call: number): boolean {
    const lane = this.laneOf(lengthMicros);
    const at = now + lengthMicros;
    this.lanes[lane].push(at, call, this.calls.epochOf(call));
    if (at > this.due[0] || (at === this.due[0] && lane > this.first)) return false;
    this.due[0] = at;
    this.first = lane;
    return true;
  }

  /** Removes the next one and returns its call, or -1 when the attempt has ended before. Must not be called when there is none. */
  shift(): number {
    const { lanes, due, calls } = this;
    const call = lanes[this.first].shift(calls);
    due[0] = Infinity;
    for (let lane = 0; lane < lanes.length; lane += 1) {
      const at = lanes[lane].next[0];
      if (at >= due[0]) continue;
      due[0] = at;
      this.first = lane;
    }
    return call;
  }

  private laneOf(lengthMicros: number): number {
    const { lengths } = this;
    for (let lane = 0; lane < lengths.length; lane += 1) if (lengths[lane] === lengthMicros) return lane;
    lengths.push(lengthMicros);
    this.lanes.push(new TimeoutLane());
    return lengths.length - 1;
  }
}
