import type { Micros } from '../../../kernel/micros.js';
import type { Recommendation } from './hpa-state.js';
import { logged } from './recommendation-log.js';
import type { Hold, Stabilized } from './stabilized.js';

/** What is stabilized, and over which windows. */
export interface Stabilization {
  readonly current: number;
  readonly desired: number;
  readonly upMicros: Micros;
  readonly downMicros: Micros;
  readonly now: Micros;
}

/**
 * With `behavior`: the present replicas, moved no further than into the span between the lowest recommendation of the upper
 * window and the highest of the lower one, the new one included in both.
 *
 * An entry exactly as old as a window is out of it; a slot is used again when older than both. Source: kubernetes,
 * stabilizeRecommendationWithBehaviors.
 */
export function stabilizeBoth(log: readonly Recommendation[], stabilization: Stabilization): Stabilized {
  const { current, desired, upMicros, downMicros, now } = stabilization;
  const entry: Recommendation = { replicas: desired, at: now };
  let lowest = entry;
  let highest = entry;
  let expired = -1;
  log.forEach((past, index) => {
    if (past.at > now - upMicros && past.replicas < lowest.replicas) lowest = past;
    if (past.at > now - downMicros && past.replicas > highest.replicas) highest = past;
    if (past.at < now - Math.max(upMicros, downMicros)) expired = index;
  });
  const replicas = Math.min(Math.max(current, lowest.replicas), highest.replicas);
  return { replicas, log: logged(log, expired, entry), hold: holdOf(stabilization, replicas, lowest, highest) };
}

function holdOf(
  { desired, upMicros, downMicros }: Stabilization,
  replicas: number,
  lowest: Recommendation,
  highest: Recommendation,
): Hold | null {
  if (replicas < desired) return { direction: 'up', windowMicros: upMicros, held: lowest };
  return replicas > desired ? { direction: 'down', windowMicros: downMicros, held: highest } : null;
}
