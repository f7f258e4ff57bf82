import { z } from 'zod';
import type { Choice } from '../../domain/engine-config.js';
import type { Definition } from '../../engine/ports.js';

type AnyDefinition = Pick<Definition<unknown>, 'name' | 'description' | 'schema'>;

/** How a section names its extension, and what it is without one. */
interface ChoiceOptions {
  /** The key that names the extension: `policy` in `{ policy: hpa, ... }`. */
  readonly key: string;
  readonly fallback: string;
  readonly description: string;
}

/**
 * A section that names an extension and carries the extension's own fields beside the name: `{ policy: hpa, metrics: [...] }`.
 *
 * The fields are judged by the schema of the extension; the JSON Schema of the section has one alternative for each.
 */
export function choiceSchema(definitions: Readonly<Record<string, AnyDefinition>>, options: ChoiceOptions) {
  const { key, fallback, description } = options;
  const names = Object.keys(definitions).sort();
  const anyOf = names.map((name) => alternative(definitions[name], key, name));
  const list = names.map((name) => `${name}: ${definitions[name].description}`).join('; ');
  return z
    .looseObject({ [key]: z.enum(names).meta({ description: list }) })
    .meta({ description, anyOf })
    .transform((section, context): Choice => {
      const { [key]: name, ...fields } = section;
      const judged = definitions[name].schema.safeParse(fields);
      if (judged.success) return { name, config: judged.data };
      for (const issue of judged.error.issues) context.addIssue({ ...issue });
      return z.NEVER;
    })
    .prefault({ [key]: fallback });
}

function alternative(definition: AnyDefinition, key: string, name: string): Record<string, unknown> {
  const section = z.toJSONSchema(definition.schema, { io: 'input', unrepresentable: 'any' });
  delete section.$schema;
  const properties = { [key]: { const: name }, ...section.properties };
  return { ...section, title: definition.description, properties, required: [key, ...(section.required ?? [])] };
}
