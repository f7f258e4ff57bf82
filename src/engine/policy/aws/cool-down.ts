import type { Micros } from '../../../kernel/micros.js';
import type { CommandedChange } from '../../ports.js';

/** When the workload was last scaled out and in, by what was commanded. */
export class CoolDown {
  private outAt = -Infinity;
  private inAt = -Infinity;

  /** Takes what was commanded since the tick before. */
  remember(change: CommandedChange | null): void {
    if (change === null) return;
    if (change.to > change.from) this.outAt = change.at;
    else this.inAt = change.at;
  }

  /** Whether so little time has passed since the last scale-out that no further one may begin. */
  holdsOut(now: Micros, lengthMicros: number): boolean {
    return now - this.outAt < lengthMicros;
  }

  /** The same of scaling in, which waits for scale-outs as well. */
  holdsIn(now: Micros, lengthMicros: number): boolean {
    return now - Math.max(this.outAt, this.inAt) < lengthMicros;
  }
}
