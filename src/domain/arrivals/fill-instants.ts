/** Writes the next instants, rounded to whole microseconds, until there is no more room or `next` gives Infinity; returns how many. */
export function fillInstants(out: Float64Array, next: () => number): number {
  for (let filled = 0; filled < out.length; filled += 1) {
    const at = next();
    if (at === Infinity) return filled;
    out[filled] = Math.round(at);
  }
  return out.length;
}
