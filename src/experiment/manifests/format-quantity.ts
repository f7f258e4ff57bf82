/** Cores as scenarios write them: `500m`, or `"2"` where whole. Fractions of a thousandth are rounded up, as Kubernetes does. */
export function cpuText(cores: number): string {
  const millis = Math.ceil(Number((cores * 1000).toPrecision(12)));
  return millis % 1000 === 0 ? `"${millis / 1000}"` : `${millis}m`;
}

const units = [
  ['Gi', 2 ** 30],
  ['Mi', 2 ** 20],
  ['G', 1e9],
  ['M', 1e6],
  ['Ki', 2 ** 10],
  ['k', 1e3],
] as const;

/** Bytes as scenarios write them: in the largest unit that leaves a whole number below 10,000, else in Mi with its decimals. */
export function memoryText(bytes: number): string {
  for (const [unit, size] of units) {
    const value = bytes / size;
    if (Number.isInteger(value) && value > 0 && value < 10_000) return `${value}${unit}`;
  }
  return `${Number((bytes / 2 ** 20).toFixed(6))}Mi`;
}

/** A plain number without the noise of binary fractions. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(12)));
}
