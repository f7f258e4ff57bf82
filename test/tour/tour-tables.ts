import type { EngineDelayParts } from '../../src/domain/engine-delay.js';
import {
  formatMilliseconds,
  formatNumber,
  formatSeconds,
  formatShare,
  formatUsd,
  formatWhole,
} from '../../src/domain/number-format.js';
import type { TwoQuantiles } from '../../src/domain/run-result.js';
import type { PairedInterval } from '../../src/experiment/statistics/paired-interval.js';
import { markdownTable } from '../../src/report/format/markdown-text.js';
import type { TourRow } from './tour-row.js';

type Column = readonly [head: string, cell: (row: TourRow) => string];

const policy: Column = ['Policy', (row) => row.policy];
const cost: Column = ['Cost', ({ costUsd }) => formatUsd(costUsd)];
const p50: Column = ['p50', ({ latencyMs }) => formatMilliseconds(latencyMs.p50)];
const p99: Column = ['p99', ({ latencyMs }) => formatMilliseconds(latencyMs.p99)];
const violations: Column = ['Beyond the SLO', ({ violatedShare }) => formatShare(violatedShare)];
const lost: Column = ['Lost to scaling', ({ lostToScaling }) => formatWhole(lostToScaling)];
const reversals: Column = ['Reversals', (row) => formatNumber(row.reversals)];
const response: Column = ['Response p50 / p95', ({ responseSeconds }) => both(responseSeconds)];
const changes: Column = ['Changes', (row) => formatNumber(row.changes)];
const variance: Column = ['Variance of replicas', ({ replicaVariance }) => formatNumber(replicaVariance)];
const pods: Column = ['Mean pods', ({ meanPods }) => formatNumber(meanPods)];
const floor: Column = ['Floor p50 / p95', ({ floorSeconds }) => both(floorSeconds)];
const engine: Column = ['Engine p50 / p95', ({ engineDelaySeconds }) => both(engineDelaySeconds)];
const parts: Column = ['The engine`s part on average', (row) => partsOf(row.engineDelayMeanSeconds)];

const costs: Column = ['Cost', ({ intervals }) => interval(intervals.costUsd, (usd) => `$${usd.toFixed(3)}`)];
const violated: Column = ['Beyond the SLO', ({ intervals }) => interval(intervals.violatedShare, points)];
const beyondHpa: Column = ['More than hpa', ({ intervals }) => interval(intervals.violatedBeyondHpa, points)];

const whole = [policy, cost, p99, violations, lost, reversals, response];
const steps = [policy, cost, floor, engine, parts, violations];

/** Parts of the tour, in the order in which they are shown, and what is shown of each. */
export const tourParts = {
  crowd: whole,
  'crowd-again': [policy, costs, p99, violated, beyondHpa, lost, reversals, response],
  day: whole,
  sparse: [policy, cost, p50, p99, violations, lost, reversals],
  'steps-5s': steps,
  'steps-30s': steps,
  'steps-3m': steps,
  constant: [policy, pods, changes, reversals, variance],
} as const satisfies Readonly<Record<string, readonly Column[]>>;

/** Name of a part of the tour. */
export type TourPart = keyof typeof tourParts;

/** Names of all parts. */
export const partNames = Object.keys(tourParts).filter(isPart);

/** Whether a word names a part. */
export function isPart(word: string): word is TourPart {
  return Object.hasOwn(tourParts, word);
}

/** The table of one part as Markdown. */
export function partTable(part: TourPart, rows: readonly TourRow[]): string {
  const columns: readonly Column[] = tourParts[part];
  return markdownTable(
    columns.map(([head]) => head),
    rows.map((row) => columns.map(([, cell]) => cell(row))),
    columns.flatMap((column, i) => (column === policy || column === parts ? [] : [i])),
  );
}

/** Mean and half of the width of its interval. */
function interval(of: PairedInterval | null, format: (value: number) => string): string {
  return of === null ? 'n/a' : `${format(of.mean)} ± ${format(of.high - of.mean)}`.replace('± $', '± ');
}

/** Points of a percentage, to a hundredth. */
function points(share: number): string {
  return (100 * share).toFixed(2);
}

function both({ p50: half, p95 }: TwoQuantiles): string {
  return half === null ? 'none' : `${formatSeconds(half)} / ${formatSeconds(p95)}`;
}

function partsOf(delay: EngineDelayParts | null): string {
  if (delay === null) return 'none';
  const { scrape, lag, tick, metric, held } = delay;
  const named = Object.entries({ scrape, lag, tick, metric, ...held }).filter(([, seconds]) => seconds >= 0.05);
  return named.map(([name, seconds]) => `${name} ${formatSeconds(seconds)}`).join(', ');
}
