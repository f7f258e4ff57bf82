import type { HorizontalProposal } from './ports.js';

/** What is wrong with a policy's proposal, in words; null when nothing is. */
export function checkProposal({ desired, rawDesired }: HorizontalProposal): string | null {
  if (!Number.isSafeInteger(desired) || desired < 0) {
    return `desired replicas must be a whole number of at least 0, was ${desired}`;
  }
  if (rawDesired !== null && !Number.isFinite(rawDesired)) {
    return `raw desired replicas must be a finite number, was ${rawDesired}`;
  }
  return null;
}

/** A proposal to leave everything as it is, and why. */
export function hold(specReplicas: number, reason: string): HorizontalProposal {
  return { rawDesired: null, desired: specReplicas, winner: null, metrics: [], rules: [], reason };
}
