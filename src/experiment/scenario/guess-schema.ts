import { z } from 'zod';

/** What a scenario says of itself that is a guess, most important first. */
export const guessesSchema = z
  .array(
    z.strictObject({
      what: z.string().min(1).meta({ description: 'What is a guess, as CPU time of a request.' }),
      why: z.string().min(1).meta({ description: 'What stands in its place and why.' }),
      measure: z.string().min(1).optional().meta({ description: 'How to find out.' }),
      paths: z.array(z.string().min(1)).prefault([]).meta({ description: 'Values that stand for it, by their paths.' }),
    }),
  )
  .optional()
  .meta({
    description:
      'What is a guess, most important first: the report lists it and says how many there are; a value under measured as well counts as half guessed. Take out what you have measured.',
  });
