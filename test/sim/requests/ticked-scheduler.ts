import type { CpuQuota } from '../../../src/domain/world-spec.js';
import type { Arrival } from './station-bench.js';

const TICK = 1000;

/**
 * The plainest scheduler there is: in every millisecond the runnable threads with the least CPU time so far take a core each, a fair share for
 * newcomers being what the others have at least; who has used the quota of the period stops until the next. Returns when each is done.
 */
export function tickedScheduler(arrivals: readonly Arrival[], cores: number, quota: CpuQuota): readonly number[] {
  const ends = arrivals.map(() => NaN);
  const left = arrivals.map(({ cpu }) => cpu);
  const fair = arrivals.map(() => NaN);
  const full = quota.cores * quota.periodMicros;
  const origin = arrivals[0].at;
  let budget = full;
  for (let now = origin; ends.some(Number.isNaN); now += TICK) {
    if ((now - origin) % quota.periodMicros === 0) budget = full;
    const runnable = arrivals.map((_, i) => i).filter((i) => arrivals[i].at <= now && left[i] > 0);
    const least = Math.min(...runnable.map((i) => fair[i]).filter((value) => !Number.isNaN(value)), Infinity);
    for (const i of runnable) if (Number.isNaN(fair[i])) fair[i] = least === Infinity ? 0 : least;
    for (const i of runnable.sort((a, b) => fair[a] - fair[b]).slice(0, cores)) {
      const run = Math.min(TICK, budget, left[i]);
      budget -= run;
      left[i] -= run;
      fair[i] += run;
      if (left[i] <= 0) ends[i] = now + run;
    }
  }
  return ends;
}
