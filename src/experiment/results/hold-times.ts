/** What was measured of one workload's requests, a row a step. */
export interface MeasuredHolds {
  /** Mean time that a request held a worker, or a core, in milliseconds. */
  readonly holdMs: Float64Array;
  readonly holdScv: Float64Array;
  /** Requests that came. */
  readonly counts: Float64Array;
}

/** How long a request holds a worker, or a core, by step. */
export interface HoldTimes {
  readonly seconds: Float64Array;
  readonly scv: Float64Array;
  /** Median over the steps. */
  readonly usualSeconds: number;
}

/** So many requests say how long requests take; a step with fewer is taken together with those before it. */
const ENOUGH = 100;

/** Each step by what was measured in it, or in it and as many steps before as have enough requests: a worker is held longer when what it calls is slow. */
export function holdsByStep(measured: MeasuredHolds): HoldTimes {
  const { holdMs, holdScv, counts } = measured;
  const usual = usualOf(measured);
  let known = usual;
  const seconds = new Float64Array(holdMs.length);
  const scv = new Float64Array(holdMs.length);
  for (let i = 0; i < holdMs.length; i += 1) {
    if (holdMs[i] > 0) known = counts[i] >= ENOUGH ? { ms: holdMs[i], scv: holdScv[i] } : together(measured, i);
    seconds[i] = known.ms / 1e3;
    scv[i] = known.scv;
  }
  return { seconds, scv, usualSeconds: usual.ms / 1e3 };
}

/**
 * Where requests share cores, their CPU time does not depend on the load, but an overloaded pod finishes its short requests first: there
 * medians stand for every step, those of the time before the first new revision, times what a request takes on the pods of that step.
 *
 * @param factors by step
 */
export function steadyHolds(
  { holdMs, holdScv }: Pick<MeasuredHolds, 'holdMs' | 'holdScv'>,
  factors: Float64Array,
): HoldTimes {
  const changed = factors.findIndex((factor) => factor !== factors[0]);
  const end = changed < 0 ? factors.length : changed;
  const usual = usualOf({ holdMs: holdMs.subarray(0, end), holdScv: holdScv.subarray(0, end) });
  return {
    seconds: factors.map((factor) => (usual.ms * factor) / 1e3),
    scv: new Float64Array(factors.length).fill(usual.scv),
    usualSeconds: usual.ms / 1e3,
  };
}

function usualOf({ holdMs, holdScv }: Pick<MeasuredHolds, 'holdMs' | 'holdScv'>): {
  readonly ms: number;
  readonly scv: number;
} {
  const scv = median(holdScv);
  return { ms: median(holdMs), scv: Number.isFinite(scv) ? scv : 0 };
}

/** Mean and variation over the requests of a step and of those before it, until there are enough. */
function together(
  { holdMs, holdScv, counts }: MeasuredHolds,
  last: number,
): { readonly ms: number; readonly scv: number } {
  let [count, sum, squares] = [0, 0, 0];
  for (let i = last; i >= 0 && count < ENOUGH; i -= 1) {
    // What came in an earlier step may end in this one, so that none came and some were served.
    const weight = Math.max(1, counts[i]);
    if (!(holdMs[i] > 0)) continue;
    count += weight;
    sum += weight * holdMs[i];
    squares += weight * holdMs[i] ** 2 * (1 + holdScv[i]);
  }
  const ms = sum / count;
  return { ms, scv: Math.max(0, squares / count / ms ** 2 - 1) };
}

function median(column: Float64Array): number {
  const sorted = column.filter((value) => value > 0).sort();
  return sorted.length === 0 ? NaN : sorted[Math.floor(sorted.length / 2)];
}
