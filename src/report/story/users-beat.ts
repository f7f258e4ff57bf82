import { formatMilliseconds, formatSeconds, formatShare, formatWhole } from '../../domain/number-format.js';
import { bothClocks, formatElapsed } from '../format/clock.js';
import { missedShare, peakRow, serviceColumn, type StoryWindow } from './story-window.js';

/** How users fared in the worst minutes. */
export function usersBeat(window: StoryWindow): string {
  const { worst, from, to } = window;
  const p99 = serviceColumn(window, 'p99Ms');
  const peak = peakRow(p99, from, to);
  const slow = peak === null ? '' : `; p99 of those served reached ${formatMilliseconds(p99[peak])}`;
  const bad = `${formatWhole(worst.violated)} ${worst.violated === 1 ? 'request' : 'requests'} failed or came too late in this time`;
  const share = missedShare(window);
  const offered = formatWhole(worst.offered);
  return share > 1
    ? `${bad}, more than the ${offered} that came: what had queued before came late as well${slow}`
    : `${bad}, ${formatShare(share)} of the ${offered} that came${slow}`;
}

/** Over so long the objective must hold before anyone calls it a recovery. */
const CALM_SECONDS = 60;

/** Where as many miss the objective as may, that many standard deviations more in a minute are a loss and not luck. */
const BEYOND_LUCK = 3;

/** When the objective held again, and for how long it had not. */
export function recoveryBeat(window: StoryWindow): string {
  const { report, to } = window;
  const { series, result } = report;
  const [offered, violated] = [serviceColumn(window, 'offered'), serviceColumn(window, 'violated')];
  const rows = Math.max(1, Math.ceil(CALM_SECONDS / series.stepSeconds));
  const allowed = 1 - result.slo.target;
  const over = (column: Float64Array, row: number, count: number): number =>
    column.subarray(row, row + count).reduce((sum, value) => sum + (Number.isFinite(value) ? value : 0), 0);
  const holds = (row: number, count: number, deviations = 0): boolean => {
    const may = allowed * over(offered, row, count);
    return over(violated, row, count) <= may + deviations * Math.sqrt(may);
  };
  const missed = missedShare(window);
  if (missed <= allowed) {
    return `The objective was never lost: even in this time ${formatShare(missed)} missed it, where ${formatShare(allowed)} may`;
  }
  const since =
    series.startSeconds[
      lostAt(
        window,
        (row) => holds(row, rows, BEYOND_LUCK),
        (row) => holds(row, 1),
      )
    ];
  for (let i = to; i + rows <= series.steps; i += 1) {
    if (!holds(i, rows)) continue;
    const at = series.startSeconds[i];
    return `From ${bothClocks(at, result.originIso)} on the objective held again, ${formatSeconds(at - since)} after it was lost at ${formatElapsed(since)}`;
  }
  return 'The objective did not hold again before the run ended';
}

/** The row in which the objective was lost, in the worst minutes or, where they lie in a longer time of loss, before them. */
function lostAt(
  { report: { series }, from, to }: StoryWindow,
  minuteHolds: (row: number) => boolean,
  stepHolds: (row: number) => boolean,
): number {
  let lost = from;
  while (lost > 0 && series.startSeconds[lost - 1] >= 0 && !minuteHolds(lost - 1)) lost -= 1;
  while (lost < to && (stepHolds(lost) || minuteHolds(lost))) lost += 1;
  return lost < to ? lost : from;
}
