import { z } from 'zod';

/** A price per hour in USD: `$0.192/h`. */
export const zPrice = z
  .string()
  .transform((text, context) => {
    const match = /^\$?(\d+(?:\.\d+)?)\s*\/\s*h$/.exec(text.trim());
    if (match !== null) return Number(match[1]);
    context.addIssue({
      code: 'custom',
      message: `must be a price per hour in USD, as $0.192/h, was ${JSON.stringify(text)}`,
    });
    return z.NEVER;
  })
  .meta({ description: 'a price per hour in USD, as $0.192/h' });
