import { z } from 'zod';
import type { SchemaNode } from './json-schema-walk.js';
import { scenarioSchema } from './scenario-schema.js';
import type { Registries } from '../../engine/registries.js';

/** Made once for each set of registries: it takes longer than everything else about loading a small scenario. */
const made = new WeakMap<Registries, SchemaNode>();

/** The JSON Schema of scenario files, for editors, for suggestions and for the list of defaults. Not to be changed by who gets it. */
export function scenarioJsonSchema(registries: Registries): SchemaNode {
  const known = made.get(registries);
  if (known !== undefined) return known;
  const schema = z.toJSONSchema(scenarioSchema(registries), { io: 'input', unrepresentable: 'any' });
  made.set(registries, schema);
  return schema;
}
