/** The offset of a time zone in January 2026, when a run without a trace begins, as `+01:00`; null where there is no such zone. */
export function utcOffset(zone: string): string | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const parts = format.formatToParts(Date.UTC(2026, 0, 5));
    const text = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') ?? '';
    return text === '' ? '+00:00' : text;
  } catch {
    return null;
  }
}
