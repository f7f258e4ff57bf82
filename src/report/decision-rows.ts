import type { Decision } from '../domain/decision.js';
import type { Clock } from './format/clock.js';
import { actsOnTraffic } from './explain/balance-sentences.js';
import { explainDecision } from './explain/explain-decision.js';
import { type DecisionRun, mergeHolds } from './explain/merge-holds.js';
import { plural } from '../domain/number-format.js';

/** A row of the page's table of decisions: one that changed something, or a run of holds. */
export interface DecisionRow {
  readonly atSeconds: number;
  readonly workload: string;
  readonly from: number;
  readonly desired: number;
  /** `balance`: the number stayed, and its balancers were told something. */
  readonly direction: Decision['direction'] | 'balance';
  readonly reason: string;
  readonly winner: string | null;
  /** Decisions that the row stands for. */
  readonly count: number;
  readonly prose: string;
}

/** Rows in order of time, and how many decisions of each sort they do not show. */
export interface DecisionRows {
  readonly rows: readonly DecisionRow[];
  /** Decisions of the whole run, and those that changed something. */
  readonly total: number;
  readonly changes: number;
  /** Changes that found no room in the rows. */
  readonly changesLeftOut: number;
}

/** At most `limit` rows: changes first, in order of time, then runs of holds as far as there is room. */
export function decisionRows(decisions: readonly Decision[], clock: Clock, limit = 500): DecisionRows {
  const runs = mergeHolds(decisions);
  const changes = runs.filter(({ first }) => directionOf(first) !== 'hold');
  const holds = runs.filter(({ first }) => directionOf(first) === 'hold');
  const chosen = [...changes, ...holds].slice(0, limit).sort((a, b) => a.first.at - b.first.at);
  return {
    rows: chosen.map((run) => toRow(run, clock)),
    total: decisions.length,
    changes: changes.length,
    changesLeftOut: Math.max(0, changes.length - limit),
  };
}

function directionOf(decision: Decision): DecisionRow['direction'] {
  return decision.direction === 'hold' && actsOnTraffic(decision) ? 'balance' : decision.direction;
}

function toRow({ first, last, count }: DecisionRun, clock: Clock): DecisionRow {
  const { workload, from, desired, winner, balance } = first;
  const direction = directionOf(first);
  const reason = direction === 'balance' ? (balance?.reason ?? first.reason) : first.reason;
  const repeated =
    count === 1
      ? ''
      : ` The same held until ${clock(last.at)}, through ${plural(count, 'decision')}; these are the numbers of the first.`;
  return {
    atSeconds: first.at / 1e6,
    workload,
    from,
    desired,
    direction,
    reason,
    winner,
    count,
    prose: explainDecision(first, clock) + repeated,
  };
}
