import type { ChartUnit } from '../charts/chart-plan.js';
import { formatCount, formatMilliseconds, formatNumber, formatUsd } from '../../domain/number-format.js';

/** A value of a chart in words; `n/a` for anything but a finite number. The page's script has the same rules for its read-outs. */
export function formatByUnit(unit: ChartUnit, value: unknown): string {
  const number = typeof value === 'number' && Number.isFinite(value) ? value : null;
  if (number === null) return 'n/a';
  switch (unit) {
    case 'rate':
      return `${formatCount(number)}/s`;
    case 'share':
      return `${formatNumber(number * 100)}%`;
    case 'milliseconds':
    case 'duration':
      return formatMilliseconds(number);
    case 'usd':
      return formatUsd(number);
    case 'usdPerHour':
      return `${formatUsd(number)}/h`;
    default:
      return formatCount(number);
  }
}
