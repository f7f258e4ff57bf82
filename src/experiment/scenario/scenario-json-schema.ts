import { z } from 'zod';
import type { SchemaNode } from './json-schema-walk.js';
import { scenarioSchema } from './scenario-schema.js';
import type { Registries } from '../../engine/registries.js';

/** The JSON Schema of scenario files, for editors, for suggestions and for the list of defaults. */
export function scenarioJsonSchema(registries: Registries): SchemaNode {
  return z.toJSONSchema(scenarioSchema(registries), { io: 'input', unrepresentable: 'any' });
}
