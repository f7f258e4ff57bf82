import type { Micros } from '../../kernel/micros.js';

/** How instants of a run are written: elapsed time, or the calendar's. */
export type Clock = (at: Micros) => string;

const SECONDS_PER_DAY = 86_400;

/** Elapsed time since the start of the run as `12:03:15`, with the day in front from 24 hours on (`1d 00:03:15`) and a minus sign during the warm-up. */
export const formatClock: Clock = (at) => formatElapsed(at / 1e6);

/** The same as `formatClock`, from seconds; fractions of a second are cut off. */
export function formatElapsed(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const days = Math.floor(whole / SECONDS_PER_DAY);
  const time = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return `${seconds < 0 && whole > 0 ? '-' : ''}${days > 0 ? `${days}d ` : ''}${time}`;
}

/** A clock that writes calendar time in UTC, as `2024-03-05 12:03:15`, for a run that starts at `originIso`. */
export function utcClock(originIso: string): Clock {
  const origin = Date.parse(originIso);
  return (at) => new Date(origin + at / 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** An instant in both clocks, as `03:25:20 (08:25:20 UTC)`; once where they show the same, as in a run from midnight. */
export function bothClocks(seconds: number, originIso: string): string {
  const elapsed = formatElapsed(seconds);
  const utc = timeOfDay(seconds, originIso);
  return isSame(elapsed, utc) ? elapsed : `${elapsed} (${utc} UTC)`;
}

/** A stretch of time in both clocks, as `03:25:20 to 03:30:20 (08:25:20 to 08:30:20 UTC)`. */
export function bothClocksSpan(from: number, to: number, originIso: string): string {
  const elapsed = `${formatElapsed(from)} to ${formatElapsed(to)}`;
  const utc = `${timeOfDay(from, originIso)} to ${timeOfDay(to, originIso)}`;
  return isSame(elapsed, utc) ? elapsed : `${elapsed} (${utc} UTC)`;
}

/** Days that have gone by make no other time of day. */
function isSame(elapsed: string, utc: string): boolean {
  return elapsed.replace(/\d+d /g, '') === utc;
}

function timeOfDay(seconds: number, originIso: string): string {
  return new Date(Date.parse(originIso) + Math.floor(seconds) * 1000).toISOString().slice(11, 19);
}
