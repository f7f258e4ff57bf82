import type { Micros } from '../kernel/micros.js';
import type { Phase, Timeline } from '../kernel/timeline.js';
import type { Wall } from './wall.js';

/**
 * Where answers from the real world come in while a timeline is driven at the pace of a wall clock: each is entered into the agenda at
 * the present instant, never before what has already happened, and the driver is woken.
 */
export class Inbox {
  private wake: () => void = () => undefined;

  constructor(
    private readonly timeline: Timeline,
    private readonly wall: Wall,
  ) {}

  /** Enters an action at max(the timeline's instant, the wall's). */
  post(phase: Phase, action: (now: Micros) => void): void {
    const now = this.wall.now();
    this.timeline.at(now > this.timeline.now ? now : this.timeline.now, phase, action);
    this.wake();
  }

  /** Resolves at the next post. */
  arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
