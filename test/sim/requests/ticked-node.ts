import type { NodeWorld } from './node-world.js';

const TICK = 1000;

/**
 * The plainest scheduler of a node: in every millisecond each core goes to a runnable thread of the pod that has had the least CPU time for its
 * weight so far, newcomers beginning at the least that others have; within a pod to the thread with the least, likewise; who has used the quota of its
 * period stops until the next. Returns when each request is done.
 */
export function tickedNode({ cores, pods }: NodeWorld): readonly (readonly number[])[] {
  const ends = pods.map(({ arrivals }) => arrivals.map(() => NaN));
  const left = pods.map(({ arrivals }) => arrivals.map(({ cpu }) => cpu));
  const had = pods.map(({ arrivals }) => arrivals.map(() => NaN));
  const fair = pods.map(() => 0);
  const wasIdle = pods.map(() => true);
  const budget = pods.map(() => Infinity);
  for (let now = 0; ends.some((list) => list.some(Number.isNaN)); now += TICK) {
    const runnable = pods.map(({ arrivals, quota }, p) => {
      if (
        arrivals.length > 0 &&
        quota !== undefined &&
        (now - arrivals[0].at) % quota.periodMicros === 0 &&
        now >= arrivals[0].at
      ) {
        budget[p] = quota.cores * quota.periodMicros;
      }
      return arrivals.map((_, k) => k).filter((k) => arrivals[k].at <= now && left[p][k] > 0);
    });
    runnable.forEach((threads, p) => {
      const known = threads.map((k) => had[p][k]).filter((value) => !Number.isNaN(value));
      for (const k of threads)
        if (Number.isNaN(had[p][k])) had[p][k] = Math.min(...known, Infinity) === Infinity ? 0 : Math.min(...known);
    });
    const there = pods.map((_, p) => p).filter((p) => runnable[p].length > 0 && budget[p] > 0);
    const least = Math.min(Infinity, ...there.filter((p) => !wasIdle[p]).map((p) => fair[p]));
    for (const p of there) if (wasIdle[p] && least < Infinity) fair[p] = Math.max(fair[p], least);
    pods.forEach((_, p) => (wasIdle[p] = !there.includes(p)));
    for (let core = 0; core < cores; core += 1) {
      const open = there.filter((p) => runnable[p].length > 0 && budget[p] > 0).sort((a, b) => fair[a] - fair[b]);
      const p = open.at(0);
      if (p === undefined) break;
      const k = runnable[p].sort((a, b) => had[p][a] - had[p][b]).shift()!;
      const run = Math.min(TICK, budget[p], left[p][k]);
      budget[p] -= run;
      left[p][k] -= run;
      had[p][k] += run;
      fair[p] += run / pods[p].weight;
      if (left[p][k] <= 0) ends[p][k] = now + run;
    }
  }
  return ends;
}
