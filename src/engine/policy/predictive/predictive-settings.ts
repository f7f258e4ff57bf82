import { z } from 'zod';
import type { Micros } from '../../../kernel/micros.js';

const zMicros = z.custom<Micros>((value) => Number.isSafeInteger(value), { message: 'must be whole microseconds' });

/** What the `predictive` policy runs on, after every notation has been read. */
export const zPredictiveSettings = z.strictObject({
  target: z.discriminatedUnion('type', [
    /** Share of the CPU request that a pod is to use. */
    z.strictObject({ type: z.literal('cpu'), share: z.number().positive() }),
    /** Requests per second that a pod is to serve. */
    z.strictObject({ type: z.literal('rate'), perSecond: z.number().positive() }),
  ]),
  quantile: z.enum(['q50', 'q90', 'q95', 'q99']),
  /** Confidence from which it raises, and from which it lowers. */
  raiseConfidence: z.number(),
  lowerConfidence: z.number(),
  /** Instead of the measured lead time; null for that. */
  leadTimeMicros: zMicros.nullable(),
  /** Looked further ahead than the lead time. */
  marginMicros: zMicros,
  combine: z.enum(['maximum', 'floor', 'trust']),
  /** Null means that nothing reacts. */
  reactive: z.strictObject({ name: z.string(), config: z.unknown() }).nullable(),
});

/** What the `predictive` policy runs on. */
export type PredictiveSettings = z.output<typeof zPredictiveSettings>;
