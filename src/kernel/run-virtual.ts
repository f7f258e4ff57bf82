import type { Micros } from './micros.js';
import type { Timeline } from './timeline.js';

/** Runs everything due up to and including `until`, as fast as it can, and leaves the clock there. */
export function runVirtual(timeline: Timeline, until: Micros): void {
  do {
    while (timeline.nextTime <= until) timeline.step();
    timeline.advanceTo(until);
  } while (timeline.nextTime <= until);
}
