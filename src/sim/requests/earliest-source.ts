import type { TrafficSource } from './traffic-source.js';

/** Of some sources, the one whose next request comes first; of several at one instant, the first of them. There must be one. */
export function earliestSource(sources: readonly TrafficSource[]): TrafficSource {
  let first = sources[0];
  for (let i = 1; i < sources.length; i += 1) {
    const source = sources[i];
    if (source.instants[source.cursor] < first.instants[first.cursor]) first = source;
  }
  return first;
}
