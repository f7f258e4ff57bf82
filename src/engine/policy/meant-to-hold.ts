import type { HorizontalProposal } from '../ports.js';

/** A proposal that holds because it knows nothing, where the configuration says that holding is the answer: it then means it. */
export function meantToHold(proposal: HorizontalProposal, specReplicas: number): HorizontalProposal {
  return { ...proposal, abstains: undefined, rawDesired: specReplicas, desired: specReplicas };
}
