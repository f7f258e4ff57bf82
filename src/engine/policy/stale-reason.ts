import type { Observation } from '../../domain/observation.js';

/** Why no metric can be used, as the one word for the table of reasons. */
export function staleReason({ status }: Pick<Observation, 'status'>): string {
  if (status === 'absent') return 'no-metrics-yet';
  return status === 'stale' ? 'stale-metrics' : 'no-valid-metric';
}
