import { formatDuration } from '../experiment/scenario/format-duration.js';
import type { Trace } from '../traces/trace.js';

/** What a recording was found to hold, for the terminal: how much, of when, and what of it was not taken as it stands. */
export function readingRemark(
  shown: string,
  { rows, unit, values, binMicros, startEpochMicros, doubts = [], recorded }: Trace,
): string {
  const what =
    recorded === undefined ? `${rows.toLocaleString('en')} values of ${unit}` : `${rows.toLocaleString('en')} requests`;
  const start =
    startEpochMicros === null ? '' : ` from ${new Date(startEpochMicros / 1000).toISOString().slice(0, 19)}Z`;
  const length = formatDuration(values.length * binMicros);
  return `${shown}: ${what} in ${length}${start}${doubts.map((doubt) => `; ${doubt}`).join('')}.\n`;
}
