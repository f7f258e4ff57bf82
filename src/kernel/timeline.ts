import { EventQueue } from './event-queue.js';
import { type Micros, micros } from './micros.js';

/** What happens at one instant, in this order: world facts, then metric answers, then ticks, then effects of commands. */
export const PHASE = { world: 0, metrics: 1, ticks: 2, effects: 3 } as const;

/** One of the four phases of an instant. */
export type Phase = (typeof PHASE)[keyof typeof PHASE];

/** Names a scheduled action so that it can be cancelled. */
export type Ticket = number;

/**
 * Is told before time moves, with the instant it leaves and the one it comes to. It may set an action in between: then time moves no
 * further than that.
 */
export type Advance = (from: Micros, to: Micros) => void;

/**
 * The control plane's clock and agenda: actions at instants, in the total order (time, phase, sequence).
 *
 * Time moves only in `step` and `advanceTo`; listeners (the data plane) catch up with every stretch of time before the actions at its end run.
 */
export class Timeline {
  private readonly queue = new EventQueue();
  private readonly actions: (((now: Micros) => void) | null)[] = [];
  private readonly free: number[] = [];
  private readonly listeners: Advance[] = [];
  private clock: Micros;

  constructor(start: Micros) {
    this.clock = start;
  }

  /** The current instant. */
  get now(): Micros {
    return this.clock;
  }

  /** When the next action is due, or Infinity. */
  get nextTime(): number {
    return this.queue.nextTime;
  }

  /** Schedules an action; an instant already past means now. */
  at(time: Micros, phase: Phase, action: (now: Micros) => void): Ticket {
    const ticket = this.free.pop() ?? this.actions.length;
    this.actions[ticket] = action;
    this.queue.push(Math.max(time, this.clock), phase, ticket);
    return ticket;
  }

  /** Repeats an action at `first`, `first + period`, ... for as long as it returns true. */
  every(first: Micros, period: Micros, phase: Phase, action: (now: Micros) => boolean): void {
    const run = (now: Micros): void => {
      if (action(now)) this.at(micros(now + period), phase, run);
    };
    this.at(first, phase, run);
  }

  /** Withdraws an action that has not run yet. A ticket must not be used again afterwards. */
  cancel(ticket: Ticket): void {
    this.actions[ticket] = null;
  }

  /** Asks to be told before time moves. */
  onAdvance(listener: Advance): void {
    this.listeners.push(listener);
  }

  /** Moves to the next action's instant, or to an earlier one that a listener sets on the way, and runs that one action. Must not be called with an empty agenda. */
  step(): void {
    this.advanceTo(micros(this.queue.nextTime));
    const ticket = this.queue.pop();
    const action = this.actions[ticket];
    this.actions[ticket] = null;
    this.free.push(ticket);
    action?.(this.clock);
  }

  /** Moves the clock without running actions, to `time` or to what a listener has set before it; nothing may be due before `time`. */
  advanceTo(time: Micros): void {
    if (time <= this.clock) return;
    const from = this.clock;
    for (const listener of this.listeners) listener(from, time);
    this.clock = micros(Math.min(time, this.queue.nextTime));
  }
}
