import type { Decision } from '../../domain/decision.js';

const NOUNS = { nodes: 'node', instances: 'machine' } as const;

/** What a decision counts, in the singular: pods, the nodes of a pool, or machines that are replicas. */
export function countedNoun({ counts }: Pick<Decision, 'counts'>): string {
  return counts === undefined ? 'pod' : NOUNS[counts];
}
