import { z } from 'zod';

const formSchema = z.strictObject({
  if: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .meta({ description: 'Conditions on the result that must all hold, as slo.violatedShare > 1%.' }),
  say: z.string().min(1).meta({ description: 'The answer, with numbers of the result in braces: {latencyMs.p99}.' }),
});

/** The schema of a scenario's answers: the first one whose conditions hold answers its question. */
export const answerSchema = z.array(formSchema).prefault([]).meta({
  description: 'Possible answers to the question; the first whose conditions the result meets is given.',
});
