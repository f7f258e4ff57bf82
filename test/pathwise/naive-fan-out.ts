import { mixKeys } from '../../src/kernel/random.js';
import type { NaiveChances } from './naive-chances.js';
import type { Attempt, Errand, NaiveOutcome, Site } from './naive-nouns.js';

/** What calls need of the simulator. */
export interface NaiveCaller {
  start(site: Site, origin: Pick<Errand, 'ordinal' | 'hop' | 'caller'>, at: number, ended: Errand['ended']): Errand;
  endAttempt(attempt: Attempt, outcome: NaiveOutcome, at: number): void;
}

/** Makes the calls of an attempt from one group on, the calls of a group at once, and ends it after the last or the first that failed. */
export function callGroups(
  caller: NaiveCaller,
  chances: NaiveChances,
  attempt: Attempt,
  index: number,
  at: number,
): void {
  const { task, visit } = attempt;
  if (index === task.groups.length) {
    caller.endAttempt(attempt, 'served', at);
    return;
  }
  const made = task.groups[index].filter((site) => chances.isMade(site, visit));
  if (made.length === 0) {
    callGroups(caller, chances, attempt, index + 1, at);
    return;
  }
  let out = made.length;
  let failed = false;
  for (const site of made) {
    const origin = { ordinal: visit.ordinal, hop: mixKeys(visit.hop, site.key), caller: visit.station };
    const call = caller.start(site, origin, at, (outcome, end) => {
      out -= 1;
      failed ||= outcome !== 'served';
      if (out > 0) return;
      attempt.calls = [];
      if (failed) caller.endAttempt(attempt, 'call failed', end);
      else callGroups(caller, chances, attempt, index + 1, end);
    });
    if (out > 0) attempt.calls.push(call);
  }
}
