import type { NodeShape } from '../../../domain/scheduling/node-shape.js';
import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';

/** One way to make room for pods: so many nodes of one pool. */
export interface ExpansionOption {
  /** Name of the pool. */
  readonly pool: string;
  readonly nodeCount: number;
  /** Pods that would find a place. */
  readonly pods: readonly PlanPod[];
  readonly node: Pick<NodeShape, 'cpuMillis' | 'memoryMiB'>;
  readonly pricePerHour: number;
}

/** The best of some options by one criterion, all that tie, in their order; the best of nothing is nothing. */
export type Expander = (options: readonly ExpansionOption[]) => readonly ExpansionOption[];

/** The options whose score is the least, all that tie, in their order. */
export function leastBy(
  options: readonly ExpansionOption[],
  score: (option: ExpansionOption) => number,
): readonly ExpansionOption[] {
  let best: ExpansionOption[] = [];
  let least = NaN;
  for (const option of options) {
    const value = score(option);
    if (best.length === 0 || value < least) [best, least] = [[option], value];
    else if (value === least) best.push(option);
  }
  return best;
}
