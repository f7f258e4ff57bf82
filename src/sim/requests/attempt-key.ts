import { mixKeys } from '../../kernel/random.js';

/** Key of an attempt's demands and calls: a further attempt is another piece of work. */
export function attemptKey(hop: number, attempt: number): number {
  return attempt === 0 ? hop : mixKeys(hop, attempt);
}
