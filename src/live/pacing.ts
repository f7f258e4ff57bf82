import { type Micros, micros } from '../kernel/micros.js';
import type { Timeline } from '../kernel/timeline.js';
import type { Inbox } from './inbox.js';
import type { Wall } from './wall.js';

/** What a paced run is driven by. */
export interface Pace {
  readonly wall: Wall;
  readonly signal: AbortSignal;
  /** Where answers come in; null where the world is simulated. */
  readonly inbox: Inbox | null;
  /** Is told how late each action ran, in microseconds: a measurement beside the journal, never a part of it. */
  readonly onLateness?: (micros: number) => void;
}

/**
 * The same loop as `runVirtual`, with one difference: it waits for the wall clock before each step. Due times stay what they were, so a
 * late step decides as a punctual one would.
 */
export async function runPaced(timeline: Timeline, until: Micros, pace: Pace): Promise<void> {
  const { wall, signal } = pace;
  for (;;) {
    signal.throwIfAborted();
    const next = timeline.nextTime;
    const due = micros(next < until ? next : until);
    if (wall.now() < due) {
      await waitFor(due, pace);
      continue;
    }
    if (next > until) {
      timeline.advanceTo(until);
      if (timeline.nextTime > until) return;
    }
    pace.onLateness?.(wall.now() - timeline.nextTime);
    timeline.step();
  }
}

async function waitFor(due: Micros, { wall, signal, inbox }: Pace): Promise<void> {
  if (inbox === null) {
    await wall.sleepUntil(due, signal);
    return;
  }
  const woken = new AbortController();
  const either = AbortSignal.any([signal, woken.signal]);
  await Promise.race([wall.sleepUntil(due, either).catch(() => undefined), inbox.arrival()]);
  woken.abort();
}
