import type { SplitKind, TrafficSplit } from '../domain/balance/traffic-split.js';
import type { BalanceProposal } from './ports/balance-policy.js';

/** What is wrong with a balance policy's proposal, in words; null when nothing is. `commanded` is what it may share requests by. */
export function checkBalance({ split, revisions }: BalanceProposal, commanded: SplitKind | undefined): string | null {
  if (split !== null && split.by !== commanded) {
    return `requests must be shared by ${commanded ?? 'nothing, as the policy says of itself'}, was by ${split.by}`;
  }
  return (split === null ? null : wrongSplit(split)) ?? wrongRevisions(revisions ?? {});
}

function wrongSplit(split: TrafficSplit): string | null {
  if (split.by === 'zone') return null;
  const weights = Object.entries(split.weights);
  const wrong = weights.find(([, weight]) => !Number.isFinite(weight) || weight < 0);
  if (wrong !== undefined) return `the weight of ${wrong[0]} must be a finite number of at least 0, was ${wrong[1]}`;
  return weights.some(([, weight]) => weight > 0) ? null : 'at least one weight must be above 0, none was';
}

function wrongRevisions(revisions: Readonly<Record<string, number>>): string | null {
  const wrong = Object.entries(revisions).find(([, replicas]) => !Number.isSafeInteger(replicas) || replicas < 0);
  if (wrong === undefined) return null;
  return `replicas of revision ${wrong[0]} must be a whole number of at least 0, was ${wrong[1]}`;
}
