import { z } from 'zod';

const zCase = z.looseObject({ name: z.string(), kind: z.string().optional() });

/** A file of conformance vectors: inputs and expected outputs as facts, with their source. */
export const zVectorFile = z.looseObject({ schema: z.string(), cases: z.array(zCase) });

/** One case of a file; what else it holds is judged by the schema of its kind. */
export type VectorCase = z.output<typeof zCase>;
