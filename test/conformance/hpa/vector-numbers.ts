import { z } from 'zod';
import { type Micros, micros, seconds } from '../../../src/kernel/micros.js';

/** The vectors' "now". */
export const now: Micros = micros(0);

/** Go's zero time, "infinitely long ago": finite, since the algorithm adds windows to it. */
const zeroTime: Micros = micros(-1e15);

/** Seconds from now, or null for Go's zero time. */
export const zTime = z
  .number()
  .nullish()
  .transform((time): Micros => (time == null ? zeroTime : seconds(time)));

/** A length of time in seconds. */
export const zSeconds = z.number().transform((length): Micros => seconds(length));

/** A number, or one beyond 2^53 as a decimal string; the nearest double. */
export const zBig = z.union([z.number(), z.string().transform(Number)]);
