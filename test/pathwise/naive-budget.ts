import type { RetrySpec } from '../../src/domain/traffic-spec.js';
import { type KeyedRandom, mixKeys } from '../../src/kernel/random.js';
import type { Errand, Site } from './naive-nouns.js';

/** A first attempt earns its part of a token. */
export function earn(site: Site): void {
  const { retry } = site.client;
  if (retry?.budget != null) site.tokens = Math.min(retry.budgetBurst, site.tokens + retry.budget);
}

/** Takes a token for a retry; false when there is none. */
export function spend(site: Site): boolean {
  if (site.client.retry?.budget == null) return true;
  if (site.tokens < 1) return false;
  site.tokens -= 1;
  return true;
}

/** The pause before the next attempt. */
export function backOff({ attempts, ordinal, hop }: Errand, retry: RetrySpec, random: KeyedRandom): number {
  const pause = Math.min(retry.backoffFirstMicros * 2 ** (attempts - 1), retry.backoffLastMicros);
  return retry.jitter === 'full' ? pause * random.uniform(ordinal, mixKeys(hop, attempts)) : pause;
}
