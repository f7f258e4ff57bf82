import { Lane } from '../../kernel/lane.js';

/**
 * Written for speed: every attempt sets a time-out, and the request loop asks for the next at every event.
 * It means: a list of (due, token) sorted by due, then by length in the order in which lengths first came up.
 *
 * One lane for each length: time-outs of one length are due in the order in which they were set, so no heap is needed.
 */
export class TimeoutLanes {
  private readonly lengths: number[] = [];
  private readonly lanes: Lane[] = [];
  /** One cell: when the next one is due, or Infinity. */
  readonly due = Float64Array.of(Infinity);
  /** Lane of the next one. */
  private first = 0;

  push(lengthMicros: number, now: number, token: number): void {
    const lane = this.laneOf(lengthMicros);
    const at = now + lengthMicros;
    this.lanes[lane].push(at, token);
    if (at > this.due[0] || (at === this.due[0] && lane > this.first)) return;
    this.due[0] = at;
    this.first = lane;
  }

  /** Removes the next one and returns its token. Must not be called when there is none. */
  shift(): number {
    const { lanes, due } = this;
    const token = lanes[this.first].shift();
    due[0] = Infinity;
    for (let lane = 0; lane < lanes.length; lane += 1) {
      if (lanes[lane].nextTime >= due[0]) continue;
      due[0] = lanes[lane].nextTime;
      this.first = lane;
    }
    return token;
  }

  private laneOf(lengthMicros: number): number {
    const { lengths } = this;
    for (let lane = 0; lane < lengths.length; lane += 1) if (lengths[lane] === lengthMicros) return lane;
    lengths.push(lengthMicros);
    this.lanes.push(new Lane());
    return lengths.length - 1;
  }
}
