/** An instant in microseconds since 1970 as Kubernetes writes it, `2026-01-05T12:03:15Z`, with as much of a second as there is. */
export function isoMicros(micros: number): string {
  const seconds = Math.floor(micros / 1e6);
  const rest = Math.round(micros - seconds * 1e6);
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  const fraction = String(rest).padStart(6, '0').replace(/0+$/, '');
  return `${whole}${rest === 0 ? '' : `.${fraction}`}Z`;
}

/** Microseconds since 1970 of an instant in ISO 8601; null where it is none. */
export function microsOfIso(text: string): number | null {
  const [, head, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const seconds = Date.parse(`${head}${zone}`) / 1000;
  return Number.isFinite(seconds) ? seconds * 1e6 + Number(fraction.padEnd(6, '0').slice(0, 6)) : null;
}
