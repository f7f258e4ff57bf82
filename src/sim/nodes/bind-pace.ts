import { type Micros, micros } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';

/** Keeps the scheduler's binds apart: it decides about one pod at a time, and each takes the same while. */
export class BindPace {
  private freeAt = -Infinity;
  private waiting = false;

  constructor(
    private readonly timeline: Timeline,
    private readonly perSecond: number,
  ) {}

  /** Whether a bind has to wait; if so `again` is called once when the next one may be made, if not the bind counts as made. */
  holds(now: Micros, again: (at: Micros) => void): boolean {
    if (now >= this.freeAt) {
      this.freeAt = micros(now + 1e6 / this.perSecond);
      return false;
    }
    if (!this.waiting) {
      this.waiting = true;
      this.timeline.at(micros(this.freeAt), PHASE.world, (at) => {
        this.waiting = false;
        again(at);
      });
    }
    return true;
  }
}
