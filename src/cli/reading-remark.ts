import { formatDuration } from '../experiment/scenario/format-duration.js';
import type { Trace } from '../traces/trace.js';

/** The default scale-down window of Kubernetes: within less than that nothing is taken back. */
const SHORT_MICROS = 300e6;

/** What a recording was found to hold, for the terminal: how much, of when, and what of it was not taken as it stands. */
export function readingRemark(
  shown: string,
  { rows, unit, values, binMicros, startEpochMicros, doubts = [], recorded }: Trace,
): string {
  const what =
    recorded === undefined
      ? `${rows.toLocaleString('en')} values of ${unit}`
      : `${rows.toLocaleString('en')} ${rows === 1 ? 'request' : 'requests'}`;
  const start =
    startEpochMicros === null ? '' : ` from ${new Date(startEpochMicros / 1000).toISOString().slice(0, 19)}Z`;
  const micros = values.length * binMicros;
  const short =
    micros < SHORT_MICROS ? ['shorter than the minutes in which an autoscaler acts: give a longer one'] : [];
  const length = formatDuration(micros);
  return `${shown}: ${what} in ${length}${start}${[...doubts, ...short].map((doubt) => `; ${doubt}`).join('')}.\n`;
}
