import {
  formatCount,
  formatMilliseconds,
  formatNumber,
  formatSeconds,
  formatShare,
  formatUsd,
} from './number-format.js';

/** What a number of a result counts, told from its name. `share` is 0 to 1, `percent` 0 to 100. */
export type ResultUnit = 'milliseconds' | 'seconds' | 'usd' | 'usdPerHour' | 'percent' | 'share' | 'hours' | 'count';

const shares: ReadonlySet<string> = new Set([
  'share',
  'violatedShare',
  'shareDuringScaling',
  'errorBudgetUsed',
  'ratio',
  'target',
  'utilisation',
  'peakUtilisation',
  'cpuUtilisation',
  'withheldCpuShare',
  'pausedShare',
  'cpuUsedShare',
  'memoryUsedShare',
]);

/** The unit of the number at a path of a result, as `latencyMs.p99`. */
export function resultUnit(path: readonly string[]): ResultUnit {
  const last = path[path.length - 1];
  if (path.some((step) => step.endsWith('Ms'))) return 'milliseconds';
  if (path.some((step) => step.endsWith('Seconds'))) return 'seconds';
  if (path.includes('usd')) return 'usd';
  if (path[0] === 'cost') return last.toLowerCase().endsWith('perhour') ? 'usdPerHour' : 'usd';
  if (path[0] === 'elasticity') return 'percent';
  if (shares.has(last)) return 'share';
  return last.toLowerCase().endsWith('hours') ? 'hours' : 'count';
}

const writers: Readonly<Record<ResultUnit, (value: number | null) => string>> = {
  milliseconds: formatMilliseconds,
  seconds: formatSeconds,
  usd: formatUsd,
  usdPerHour: (value) => `${formatUsd(value)}/h`,
  percent: (value) => `${formatNumber(value)}%`,
  share: formatShare,
  hours: (value) => `${formatNumber(value)} h`,
  count: formatCount,
};

/** A number of a result in the words of its unit; `n/a` where there is none. */
export function formatResult(unit: ResultUnit, value: number | null): string {
  return value === null || !Number.isFinite(value) ? 'n/a' : writers[unit](value);
}
