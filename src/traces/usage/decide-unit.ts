import type { UsageTraceOptions } from './usage-trace.js';

/** A factor to thousandths of a core, and the sentence that says why. */
export interface DecidedUnit {
  readonly factor: number;
  readonly note: string;
}

/** What numbers of CPU mean whose unit is not written down: percent where none exceeds 100, MHz else. */
export function decideUnit(largest: number, { unit, cores = 1, mhzPerCore = 2600 }: UsageTraceOptions): DecidedUnit {
  if ((unit ?? (largest > 100 ? 'MHz' : 'percent')) === 'percent') {
    return { factor: 10 * cores, note: `values are percent, of ${cores} core${cores === 1 ? '' : 's'} each` };
  }
  const why = unit === undefined ? `, since some exceed 100 (${largest})` : '';
  return { factor: 1000 / mhzPerCore, note: `values are taken as MHz${why}; a core is ${mhzPerCore} MHz` };
}
