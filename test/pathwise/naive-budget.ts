import type { Site } from './naive-nouns.js';

/** Takes a token for a retry; false when there is none. */
export function spend(site: Site): boolean {
  if (site.client.retry?.budget == null) return true;
  if (site.tokens < 1) return false;
  site.tokens -= 1;
  return true;
}
