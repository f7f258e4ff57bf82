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

/** Money an hour in USD: `$12`, `12 USD` or `$12/h`. */
export const zMoneyPerHour = z.string().transform((text, context) => {
  const match = /^\$?(\d+(?:\.\d+)?)\s*(?:USD)?\s*(?:\/\s*h)?$/.exec(text.trim());
  if (match !== null) return Number(match[1]);
  context.addIssue({
    code: 'custom',
    message: `must be money an hour in USD, as $12 or 12 USD, was ${JSON.stringify(text)}`,
  });
  return z.NEVER;
});
