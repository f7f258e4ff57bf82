/** A stretch of time in microseconds; `end` null means it had not ended when the run did. */
export interface Lifetime {
  readonly start: number;
  readonly end: number | null;
}

/** How many there were over a run. */
export interface Presence {
  readonly hours: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

const HOUR = 3_600_000_000;

/** Counts lifetimes within [from, to]: hours, and the fewest and most at once. An end at the instant of a beginning comes first. */
export function presence(lifetimes: readonly Lifetime[], from: number, to: number): Presence {
  const changes: [at: number, by: number][] = [];
  let micros = 0;
  let count = 0;
  for (const { start, end } of lifetimes) {
    const begin = Math.max(start, from);
    const finish = Math.min(end ?? to, to);
    if (finish <= begin) continue;
    micros += finish - begin;
    if (begin === from) count += 1;
    else changes.push([begin, 1]);
    if (finish < to) changes.push([finish, -1]);
  }
  changes.sort(([a, up], [b, down]) => a - b || up - down);
  return { hours: micros / HOUR, mean: to > from ? micros / (to - from) : 0, ...extremes(changes, count) };
}

/** Changes at one instant count together, so that a replacement is no dip. */
function extremes(
  changes: readonly (readonly [at: number, by: number])[],
  start: number,
): { min: number; max: number } {
  let count = start;
  let min = start;
  let max = start;
  changes.forEach(([at, by], i) => {
    count += by;
    if (i + 1 < changes.length && changes[i + 1][0] === at) return;
    min = Math.min(min, count);
    max = Math.max(max, count);
  });
  return { min, max };
}

/** Hours of a lifetime within [from, to]. */
export function hoursWithin({ start, end }: Lifetime, from: number, to: number): number {
  return Math.max(0, Math.min(end ?? to, to) - Math.max(start, from)) / HOUR;
}
