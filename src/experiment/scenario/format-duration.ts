const units = [
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['us', 1],
] as const;

/** A length of time in microseconds as scenarios write it: the largest unit in which it has at most one decimal, as 90s or 1.5h. */
export function formatDuration(lengthMicros: number): string {
  if (lengthMicros === 0) return '0s';
  for (const [unit, factor] of units) {
    const value = lengthMicros / factor;
    if (value >= 1 && Math.abs(value * 10 - Math.round(value * 10)) < 1e-6)
      return `${Math.round(value * 10) / 10}${unit}`;
  }
  return `${Math.round(lengthMicros)}us`;
}

/** A length of time in microseconds for reading: the largest unit, three digits. */
export function roughDuration(lengthMicros: number): string {
  const [unit, factor] = units.find(([, size]) => lengthMicros >= size) ?? units[units.length - 1];
  return `${Number((lengthMicros / factor).toPrecision(3))}${unit}`;
}
