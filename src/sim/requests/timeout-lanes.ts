import { Lane } from '../../kernel/lane.js';

/** Time-outs, in one lane for each length: those of one length are due in the order in which they were set, so no heap is needed. */
export class TimeoutLanes {
  private readonly byLength = new Map<number, Lane>();
  private readonly lanes: Lane[] = [];

  /** When the next one is due, or Infinity. */
  get nextTime(): number {
    let next = Infinity;
    for (const lane of this.lanes) if (lane.nextTime < next) next = lane.nextTime;
    return next;
  }

  push(lengthMicros: number, now: number, token: number): void {
    let lane = this.byLength.get(lengthMicros);
    if (lane === undefined) {
      lane = new Lane();
      this.byLength.set(lengthMicros, lane);
      this.lanes.push(lane);
    }
    lane.push(now + lengthMicros, token);
  }

  /** Removes the next one and returns its token. Must not be called when there is none. */
  shift(): number {
    let first = this.lanes[0];
    for (const lane of this.lanes) if (lane.nextTime < first.nextTime) first = lane;
    return first.shift();
  }
}
