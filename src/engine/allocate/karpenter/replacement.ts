import type { ScalablePool } from '../../ports/scaling-input.js';
import type { Candidate } from './candidate.js';

/** Cheaper types that there must be before one spot node replaces another, so that the new one is not replaced at once again. */
const SPOT_FLEXIBILITY = 15;

/**
 * Offers that may replace candidates, the cheapest first, of those that hold their pods (`offers`, the cheapest first); none where a
 * replacement is not worth it. As Karpenter's `computeConsolidation`:
 * cheaper than the candidates together; spot where both are possible, since its price was the reason; spot for spot only by the gate,
 * and for a single node only with 15 cheaper types to choose from; of several nodes not one of a type that is among them already, or dearer.
 */
export function replacements(
  candidates: readonly Candidate[],
  offers: readonly ScalablePool[],
  spotToSpot: boolean,
): readonly ScalablePool[] {
  const price = candidates.reduce((sum, { pricePerHour }) => sum + pricePerHour, 0);
  const cheaper = offers.filter(({ pricePerHour }) => pricePerHour < price);
  const spot = cheaper.filter(isSpot);
  const fromSpot = candidates.every(({ offer }) => isSpot(offer)) && offers.some(isSpot);
  const worth = fromSpot ? spotForSpot(candidates, spot, spotToSpot) : spot.length > 0 ? spot : cheaper;
  return candidates.length > 1 ? withoutSameType(candidates, worth) : worth;
}

function spotForSpot(
  candidates: readonly Candidate[],
  spot: readonly ScalablePool[],
  allowed: boolean,
): readonly ScalablePool[] {
  if (!allowed) return [];
  if (candidates.length > 1) return spot;
  const types = [...new Set(spot.map(({ instanceType }) => instanceType))];
  if (types.length < SPOT_FLEXIBILITY) return [];
  const launched = new Set(types.slice(0, SPOT_FLEXIBILITY));
  return spot.filter(({ instanceType }) => launched.has(instanceType));
}

/** To replace several nodes by one of a type that is among them is to remove the others, at more disruption. */
function withoutSameType(candidates: readonly Candidate[], offers: readonly ScalablePool[]): readonly ScalablePool[] {
  const prices = candidates
    .filter(({ offer }) => offers.some(({ instanceType }) => instanceType === offer.instanceType))
    .map(({ pricePerHour }) => pricePerHour);
  const most = Math.min(...prices);
  return offers.filter(({ pricePerHour }) => pricePerHour < most);
}

function isSpot({ capacityType }: ScalablePool): boolean {
  return capacityType === 'spot';
}
