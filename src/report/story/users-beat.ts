import { formatMilliseconds, formatSeconds, formatShare, formatWhole } from '../../domain/number-format.js';
import { bothClocks, formatElapsed } from '../format/clock.js';
import { peakRow, serviceColumn, type StoryWindow } from './story-window.js';

/** How users fared in the worst minutes. */
export function usersBeat(window: StoryWindow): string {
  const { worst, from, to } = window;
  const p99 = serviceColumn(window, 'p99Ms');
  const peak = peakRow(p99, from, to);
  const slow = peak === null ? '' : `; p99 of those served reached ${formatMilliseconds(p99[peak])}`;
  const share = worst.offered === 0 ? '' : ` (${formatShare(Math.min(1, worst.violated / worst.offered))})`;
  return `${formatWhole(worst.violated)} requests failed or came too late in these minutes, while ${formatWhole(worst.offered)} were offered${share}${slow}`;
}

/** Over so long the objective must hold before anyone calls it a recovery. */
const CALM_SECONDS = 60;

/** When the objective held again, and for how long it had not. */
export function recoveryBeat(window: StoryWindow): string {
  const { report, from, worst } = window;
  const { series, result } = report;
  const [offered, violated] = [serviceColumn(window, 'offered'), serviceColumn(window, 'violated')];
  const rows = Math.max(1, Math.ceil(CALM_SECONDS / series.stepSeconds));
  const allowed = 1 - result.slo.target;
  const over = (column: Float64Array, row: number): number =>
    column.subarray(row, row + rows).reduce((sum, value) => sum + (Number.isFinite(value) ? value : 0), 0);
  const missed = worst.offered === 0 ? 0 : worst.violated / worst.offered;
  if (missed <= allowed) {
    return `The objective was never lost: even in these minutes ${formatShare(missed)} missed it, where ${formatShare(allowed)} may`;
  }
  for (let i = window.to; i + rows <= series.steps; i += 1) {
    if (over(violated, i) > allowed * over(offered, i)) continue;
    const at = series.startSeconds[i];
    const later = formatSeconds(at - series.startSeconds[from]);
    return `From ${bothClocks(at, result.originIso)} on the objective held again, ${later} after ${formatElapsed(worst.fromSeconds)}`;
  }
  return 'The objective did not hold again before the run ended';
}
