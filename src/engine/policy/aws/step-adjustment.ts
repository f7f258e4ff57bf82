import { z } from 'zod';

/** One step of an alarm: what a breach by so much changes. Bounds are distances from the threshold, away from it. */
export const zStep = z.strictObject({
  from: z.number().min(0),
  /** Null means that there is no end. */
  to: z.number().positive().nullable(),
  by: z.number(),
});

/** One step of an alarm. */
export type Step = z.output<typeof zStep>;

/** How a step's number is meant. */
export type Adjustment = 'change' | 'percent' | 'exact';

/** The step that a breach of so much falls into: its lower bound is in it, its upper is not; null where none is. */
export function stepOf(steps: readonly Step[], breach: number): Step | null {
  return steps.find(({ from, to }) => breach >= from && (to === null || breach < to)) ?? null;
}

/**
 * Capacity after a step. A percentage rounds away from zero below one and towards zero above, and moves at least `least`.
 *
 * Source: Amazon EC2 Auto Scaling user guide, "Scaling adjustment types".
 */
export function adjusted(capacity: number, by: number, adjustment: Adjustment, least: number): number {
  if (adjustment === 'exact') return by;
  if (adjustment === 'change') return Math.max(0, capacity + by);
  const exact = (capacity * by) / 100;
  const size = Math.abs(exact) < 1 ? 1 : Math.trunc(Math.abs(exact) + 1e-9);
  const moved = by === 0 ? 0 : Math.max(size, least);
  return Math.max(0, capacity + Math.sign(by) * moved);
}
