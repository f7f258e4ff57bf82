import type { Micros } from '../../../kernel/micros.js';

/** Whether the autoscaler panics: it then only ever adds pods. */
export interface Panic {
  /** When it began or was last extended; null outside of panic. */
  readonly since: Micros | null;
  /** Most pods asked for in this panic. */
  readonly maxPods: number;
}

/**
 * Panic at the start: an autoscaler that finds several pods has no history, and must not take them away before it has one.
 *
 * Source: knative/serving autoscaler.go, newAutoscaler.
 */
export function initialPanic(readyPods: number, now: Micros): Panic {
  return { since: readyPods > 1 ? now : null, maxPods: readyPods };
}

/**
 * Begins a panic or extends it while the panic window asks for too much; ends it one stable window after it was last extended, when the surge
 * has made its way into the stable average.
 */
export function nextPanic(panic: Panic, isOver: boolean, stableWindow: Micros, now: Micros): Panic {
  if (isOver) return { ...panic, since: now };
  if (panic.since === null || panic.since + stableWindow >= now) return panic;
  return { since: null, maxPods: 0 };
}
