import { createHash } from 'node:crypto';
import type { Scenario } from './scenario-schema.js';

/**
 * SHA-256 of a resolved scenario: two files that mean the same have the same hash, whatever their order, units and comments.
 *
 * What does not change the run is left out: name, question, thresholds, expectations, and the seed, which the identity holds apart.
 */
export function scenarioHash(scenario: Scenario): string {
  const { name, question, seed, thresholds, expected, $schema, ...rest } = scenario;
  void [name, question, seed, thresholds, expected, $schema];
  return createHash('sha256').update(canonical(rest)).digest('hex');
}

/** JSON with keys in the order of their code units. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
