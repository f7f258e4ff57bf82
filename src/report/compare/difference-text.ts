import type { MetricComparison } from '../../domain/comparison.js';
import { formatNumber } from '../../domain/number-format.js';
import { formatResult, type ResultUnit } from '../../domain/result-unit.js';

/** A difference with its sign in the unit of its number; of shares and percentages in percentage points. */
export function differenceText(unit: ResultUnit, value: number | null): string {
  if (value === null) return 'n/a';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return `${sign(value)}${pointsOf(unit, size) ?? formatResult(unit, size)}`;
}

/** A relative difference as `+12.3%`; `new` where there was nothing before. */
export function relativeText({ relative, difference }: MetricComparison): string {
  if (relative === null) return difference === 0 ? '0%' : 'new';
  return relative === 0 ? '0%' : `${sign(relative)}${formatNumber(Math.abs(relative) * 100)}%`;
}

/** The 95% interval of a difference; empty where there is none. */
export function intervalText({ low, high, unit }: MetricComparison): string {
  return low === null || high === null ? '' : `${differenceText(unit, low)} to ${differenceText(unit, high)}`;
}

function pointsOf(unit: ResultUnit, size: number): string | null {
  if (unit === 'share') return `${formatNumber(size * 100)} pp`;
  return unit === 'percent' ? `${formatNumber(size)} pp` : null;
}

function sign(value: number): string {
  return value < 0 ? '-' : '+';
}
