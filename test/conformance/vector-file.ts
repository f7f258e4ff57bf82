import { z } from 'zod';

const zCase = z.looseObject({
  name: z.union([z.string(), z.number().transform(String)]).default('(no name)'),
  kind: z.string().optional(),
});

/** A file of conformance vectors: inputs and expected outputs as facts, with their source. */
export const zVectorFile = z.looseObject({ schema: z.string().optional(), cases: z.array(zCase) });

/** One case of a file; what else it holds is judged by the schema of its kind. */
export type VectorCase = z.output<typeof zCase>;
