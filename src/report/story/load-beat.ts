import { formatCount, formatNumber } from '../../domain/number-format.js';
import { bothClocks } from '../format/clock.js';
import { LEAD_SECONDS, peakRow, type StoryWindow, workloadColumn } from './story-window.js';

/** Below this change people would say that the load stayed where it was. */
const NOTICED = 1.15;

/** What the load did: its peak against the mean of the five minutes before. */
export function loadBeat(window: StoryWindow): string {
  const { lead, to, workload, report } = window;
  const span = Math.max(1, Math.round(LEAD_SECONDS / report.series.stepSeconds));
  const load = workloadColumn(window, 'offeredPerSecond');
  const before = meanOf(load.subarray(Math.max(0, lead - span), Math.max(1, lead)));
  const peak = peakRow(load, lead, to);
  if (peak === null) return `Nothing is known of the load on ${workload}`;
  const when = `at ${bothClocks(report.series.startSeconds[peak], report.result.originIso)}`;
  const top = `${formatCount(load[peak])} requests a second`;
  if (before <= 0) return `${workload} had no load before; ${when} it was ${top}`;
  const ratio = load[peak] / before;
  if (ratio < NOTICED) return `Load on ${workload} was no higher than before: at most ${top}, ${when}`;
  return `Load on ${workload} rose from ${formatCount(before)} to ${top} (${formatNumber(ratio)} times), its peak ${when}`;
}

function meanOf(values: Float64Array): number {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? 0 : finite.reduce((sum, value) => sum + value, 0) / finite.length;
}
