import { z } from 'zod';

/** Name of the scenario as it is written, beside its variants. */
export const BASE_VARIANT = 'base';

/** Other choices in the same world: for each a name, and what it changes by dotted path. */
export const variantsSchema = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, {
      message: 'must be a name of letters, digits, - and _ that starts with a letter',
    }),
    z.record(z.string(), z.json()).meta({ description: 'Values by path, as { workloads.web.replicas.max: 80 }.' }),
  )
  .prefault({})
  .refine((variants) => !Object.hasOwn(variants, BASE_VARIANT), {
    message: `must not name a variant ${BASE_VARIANT}, which is the scenario as written`,
    path: [BASE_VARIANT],
  })
  .meta({
    description: `Other choices in the same world, run beside the scenario as written, which is the variant ${BASE_VARIANT}.`,
  });

const zSeed = z.number().int().min(0);

/** Seeds to run with, one run each. */
export const seedsSchema = z
  .union([
    zSeed.min(1).max(1000),
    z
      .array(zSeed)
      .min(1)
      .refine((seeds) => new Set(seeds).size === seeds.length, { message: 'must name each seed once' }),
  ])
  .optional()
  .meta({ description: 'Run with several seeds: how many, from seed upwards, or a list of them.' });

/** The seeds that a scenario asks for, in order. */
export function seedsOf(seed: number, seeds: z.output<typeof seedsSchema>): readonly number[] {
  if (seeds === undefined) return [seed];
  return typeof seeds === 'number' ? Array.from({ length: seeds }, (_, i) => seed + i) : seeds;
}
