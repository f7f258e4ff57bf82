import { plural } from '../../domain/number-format.js';
import type { WorstMinutes } from '../../domain/worst-minutes.js';

const FIVE_MINUTES = 300;
/** What ends half a minute before five minutes are over is five minutes to anybody. */
const NEARLY = 30;

/** How long the worst stretch of a run was, to stand after "the worst": `five minutes`, `3 minutes`, `70 seconds`. */
export function stretchName({ fromSeconds, toSeconds }: Pick<WorstMinutes, 'fromSeconds' | 'toSeconds'>): string {
  const seconds = toSeconds - fromSeconds;
  if (Math.abs(seconds - FIVE_MINUTES) < NEARLY) return 'five minutes';
  if (seconds < 120) return plural(Math.round(seconds), 'second');
  return plural(Math.round(seconds / 60), 'minute');
}
