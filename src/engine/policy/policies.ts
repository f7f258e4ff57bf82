import type { PolicyDefinition } from '../ports.js';
import { composite } from './composite-policy.js';
import { fixed } from './fixed-policy.js';
import { hpa } from './hpa-policy.js';
import { keda } from './keda-policy.js';
import { kpa } from './kpa-policy.js';
import { predictive } from './predictive-policy.js';
import { scheduled } from './scheduled-policy.js';
import { step } from './step-policy.js';
import { targetTracking } from './target-tracking-policy.js';

/** The policies that are made of no others. */
export const singlePolicies = {
  fixed,
  hpa,
  keda,
  kpa,
  scheduled,
  step,
  'target-tracking': targetTracking,
} as const satisfies Record<string, PolicyDefinition>;

/** Adds the policies that are made of others: `predictive` with one of them that reacts, `composite` of several. */
export function withCombinations<Known extends Readonly<Record<string, PolicyDefinition>>>(known: Known) {
  const predicting = { ...known, predictive: predictive(known) };
  return { ...predicting, composite: composite(predicting) };
}

/** The horizontal policies that come with the product, by name. */
export const policies = withCombinations(singlePolicies);
