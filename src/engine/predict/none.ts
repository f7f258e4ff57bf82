import { z } from 'zod';
import { abstain } from '../../domain/forecast.js';
import type { ForecasterDefinition } from '../ports.js';

/** No forecast at all: for policies that only react. */
export const none: ForecasterDefinition = {
  name: 'none',
  description: 'No forecast.',
  schema: z.strictObject({}),
  create: () => ({
    observe: () => undefined,
    forecast: (at) => abstain('none', at, 'no forecaster configured'),
  }),
};
