import type { MetricReading } from '../../domain/decision.js';
import type { Observation } from '../../domain/observation.js';

/** What a decision tells of where a number came from: how old it is, and what was done where there was none. */
export type Provenance = Pick<MetricReading, 'age' | 'missing'>;

/** Of a metric of a workload, by its name: one by expression, or another of those in `ages`. Nothing where the configuration has no expressions. */
export function provenance(observation: Observation | undefined, name: string): Provenance {
  const named = observation?.named?.get(name);
  if (named === undefined) {
    const age = observation?.ages?.get(name);
    return age === undefined ? {} : { age };
  }
  const { age, missing } = named;
  return { ...(age === null ? {} : { age }), ...(missing === null ? {} : { missing }) };
}
