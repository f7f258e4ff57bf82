import { createHash } from 'node:crypto';
import type { Scenario } from './scenario-schema.js';

/** What does not change the run: a description, a judgement, or a part of the identity of its own. */
const leftOut: ReadonlySet<string> = new Set([
  '$schema',
  'extends',
  'name',
  'question',
  'answer',
  'seed',
  'seeds',
  'variants',
  'thresholds',
  'measured',
  'guesses',
  'expected',
]);

/**
 * SHA-256 of a resolved scenario: two files that mean the same have the same hash, whatever their order, units and comments.
 *
 * Name, question, answers, thresholds, the origin of values and expectations are left out, and so are the seed, which the identity holds
 * apart, and the variants: one that is run is part of what has been resolved.
 */
export function scenarioHash(scenario: Scenario): string {
  const counted = Object.fromEntries(Object.entries(scenario).filter(([key]) => !leftOut.has(key)));
  return createHash('sha256').update(canonical(counted)).digest('hex');
}

/** JSON with keys in the order of their code units. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
