import { Bug } from '../domain/errors.js';
import type { RateSeries } from '../domain/rate-series.js';
import { isoTime } from './iso-time.js';

/**
 * A series of equal bins as the text of a CSV trace: `timestamp,requests_per_second`, dates in UTC, rates rounded to two decimals.
 *
 * Throws Bug for bins of unequal length: resample first.
 */
export function formatCsvTrace(series: RateSeries, startEpochMicros: number): string {
  const { edgesMicros, ratePerSecond } = series;
  const lines = ['timestamp,requests_per_second'];
  for (let i = 0; i < ratePerSecond.length; i += 1) {
    if (edgesMicros[i + 1] - edgesMicros[i] !== edgesMicros[1]) throw new Bug('a CSV trace needs bins of equal length');
    lines.push(`${isoTime(startEpochMicros + edgesMicros[i])},${ratePerSecond[i].toFixed(2)}`);
  }
  return `${lines.join('\n')}\n`;
}
