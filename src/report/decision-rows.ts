import type { Decision } from '../domain/decision.js';
import type { Clock } from './format/clock.js';
import { actsOnTraffic } from './explain/balance-sentences.js';
import { actsVertically } from './explain/vertical-sentences.js';
import { explainDecision } from './explain/explain-decision.js';
import { type DecisionRun, mergeHolds } from './explain/merge-holds.js';
import { plural } from '../domain/number-format.js';

/** A row of the page's table of decisions: one that changed something, or a run of holds. */
export interface DecisionRow {
  readonly atSeconds: number;
  readonly workload: string;
  readonly from: number;
  readonly desired: number;
  /** `resources`: the number stayed, and pods or the next ones were given others; `balance`: its balancers were told something. */
  readonly direction: Decision['direction'] | 'resources' | 'balance';
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
  if (decision.direction !== 'hold') return decision.direction;
  if (actsVertically(decision)) return 'resources';
  return actsOnTraffic(decision) ? 'balance' : 'hold';
}

function toRow({ first, last, count }: DecisionRun, clock: Clock): DecisionRow {
  const { workload, from, desired, winner } = first;
  const direction = directionOf(first);
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
    reason: reasonOf(first, direction),
    winner,
    count,
    prose: explainDecision(first, clock) + repeated,
  };
}

function reasonOf({ reason, balance, vertical }: Decision, direction: DecisionRow['direction']): string {
  if (direction === 'resources') return vertical?.reason ?? reason;
  return direction === 'balance' ? (balance?.reason ?? reason) : reason;
}
