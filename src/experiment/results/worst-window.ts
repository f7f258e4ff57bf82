import type { StepTimes } from './step-times.js';

/** A run of rows, `from` the first and `to` the one after the last. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The stretch of about `seconds` after the warm-up with the largest sum of a column, without empty rows at its ends; null where the column has nothing above 0. */
export function worstWindow(times: StepTimes, column: Float64Array, seconds: number): Window | null {
  let best: Window | null = null;
  let most = 0;
  let sum = 0;
  let from = times.first;
  for (let to = times.first; to < times.count; to += 1) {
    sum += amount(column[to]);
    const end = times.startSeconds[to] + times.lengthSeconds[to];
    while (from < to && end - times.startSeconds[from] > seconds + 1e-6) {
      sum -= amount(column[from]);
      from += 1;
    }
    if (sum <= most + 1e-9) continue;
    most = sum;
    best = { from, to: to + 1 };
  }
  return best === null ? null : trimmed(best, column);
}

/** Without the rows at its ends that add nothing. */
function trimmed({ from, to }: Window, column: Float64Array): Window {
  let [first, last] = [from, to];
  while (first < last - 1 && amount(column[first]) === 0) first += 1;
  while (last > first + 1 && amount(column[last - 1]) === 0) last -= 1;
  return { from: first, to: last };
}

/** Mean of a column over a window, weighted by time; null where it has no value there. */
export function windowMean(times: StepTimes, column: Float64Array, { from, to }: Window): number | null {
  let sum = 0;
  let weight = 0;
  for (let i = from; i < to; i += 1) {
    if (!Number.isFinite(column[i])) continue;
    sum += column[i] * times.lengthSeconds[i];
    weight += times.lengthSeconds[i];
  }
  return weight === 0 ? null : sum / weight;
}

/** The rows of a window that are so, where they account for at least half of a column's sum there; null where they do not, or there are none. */
export function accountForHalf(
  column: Float64Array,
  { from, to }: Window,
  isSo: (row: number) => boolean,
): readonly number[] | null {
  const rows = Array.from({ length: to - from }, (_, i) => from + i);
  const sum = (of: readonly number[]): number => of.reduce((total, i) => total + amount(column[i]), 0);
  const found = rows.filter(isSo);
  return found.length === 0 || sum(found) < sum(rows) / 2 ? null : found;
}

/** Mean of a column over some of its rows, at least one, all with a value. */
export function meanOver(column: Float64Array, rows: readonly number[]): number {
  return rows.reduce((sum, row) => sum + column[row], 0) / rows.length;
}

function amount(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
