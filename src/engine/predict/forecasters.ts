import type { ForecasterDefinition } from '../ports.js';
import { none } from './none.js';
import { persistence } from './persistence.js';
import { seasonalNaive } from './seasonal-naive.js';

/** The forecasters that come with the product, by name. */
export const forecasters = {
  none,
  persistence,
  'seasonal-naive': seasonalNaive,
} as const satisfies Record<string, ForecasterDefinition>;
