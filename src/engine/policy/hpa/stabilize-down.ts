import { type Micros, micros } from '../../../kernel/micros.js';
import type { Recommendation } from './hpa-state.js';
import { logged } from './recommendation-log.js';
import type { Stabilized } from './stabilized.js';

/**
 * Without `behavior`: the highest recommendation of the window that ends now, the new one included.
 *
 * A window is no pause between changes: replicas fall as soon as the last higher recommendation is older than it (kubernetes
 * issue 101371). An entry exactly as old as the window still counts. Source: kubernetes, stabilizeRecommendation.
 */
export function stabilizeDown(
  log: readonly Recommendation[],
  desired: number,
  windowMicros: Micros,
  now: Micros,
): Stabilized {
  const cutoff = now - windowMicros;
  let expired = -1;
  let highest: Recommendation = { replicas: desired, at: micros(now) };
  const entry = highest;
  log.forEach((past, index) => {
    if (past.at < cutoff) expired = index;
    else if (past.replicas > highest.replicas) highest = past;
  });
  const hold = highest === entry ? null : { direction: 'down' as const, windowMicros, held: highest };
  return { replicas: highest.replicas, log: logged(log, expired, entry), hold };
}
