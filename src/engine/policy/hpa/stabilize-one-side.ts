import type { Recommendation } from './hpa-state.js';
import { logged } from './recommendation-log.js';
import type { Stabilization } from './stabilize-both.js';
import type { Stabilized } from './stabilized.js';

/**
 * With `behavior` in v1.20: only the window of the direction in which the new recommendation lies is looked at, so that a
 * recommendation that wavers around the present replicas could move them against its own direction.
 */
export function stabilizeOneSide(log: readonly Recommendation[], stabilization: Stabilization): Stabilized {
  const { current, desired, upMicros, downMicros, now } = stabilization;
  const direction = desired >= current ? 'up' : 'down';
  const windowMicros = direction === 'up' ? upMicros : downMicros;
  const entry: Recommendation = { replicas: desired, at: now };
  let chosen = entry;
  let expired = -1;
  log.forEach((past, index) => {
    const further = direction === 'up' ? past.replicas < chosen.replicas : past.replicas > chosen.replicas;
    if (past.at > now - windowMicros && further) chosen = past;
    if (past.at < now - Math.max(upMicros, downMicros)) expired = index;
  });
  const hold = chosen === entry ? null : ({ direction, windowMicros, held: chosen } as const);
  return { replicas: chosen.replicas, log: logged(log, expired, entry), hold };
}
