import type { Decision } from '../../domain/decision.js';
import { actsOnTraffic } from './balance-sentences.js';
import { actsVertically } from './vertical-sentences.js';

/** One decision that changed something, or several in a row of one workload that held for the same reason at the same number and touched no pod. */
export interface DecisionRun {
  readonly first: Decision;
  readonly last: Decision;
  readonly count: number;
}

/** Merges consecutive holds of a workload with the same reason and number; decisions of other workloads in between do not break a run. */
export function mergeHolds(decisions: readonly Decision[]): readonly DecisionRun[] {
  const runs: DecisionRun[] = [];
  const open = new Map<string, number>();
  for (const decision of decisions) {
    const index = open.get(decision.workload);
    const run = index === undefined ? undefined : runs[index];
    if (index !== undefined && run !== undefined && continues(run.first, decision)) {
      runs[index] = { first: run.first, last: decision, count: run.count + 1 };
    } else {
      open.set(decision.workload, runs.length);
      runs.push({ first: decision, last: decision, count: 1 });
    }
  }
  return runs;
}

function continues(first: Decision, next: Decision): boolean {
  const bothHold = first.direction === 'hold' && next.direction === 'hold';
  return (
    bothHold &&
    !actsVertically(first) &&
    !actsVertically(next) &&
    !actsOnTraffic(first) &&
    !actsOnTraffic(next) &&
    first.reason === next.reason &&
    first.desired === next.desired
  );
}
