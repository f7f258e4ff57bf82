const secondsOf: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** A length of time of Go, as `1h30m`, in one unit, as scenarios write it: `90m`. Null where it is none. */
export function goDuration(text: string): string | null {
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(text)) return null;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  if (parts.length === 1) return text;
  const seconds = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * secondsOf[unit], 0);
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${Number(seconds.toFixed(3))}s`;
}
