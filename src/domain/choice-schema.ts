import { z } from 'zod';
import type { Choice } from './engine-config.js';

/** What can be chosen by name. */
export interface Choosable {
  readonly description: string;
  /** Of its own fields beside the name. */
  readonly schema: z.ZodType;
}

/** How a section names its extension, and what it is without one. */
interface ChoiceOptions {
  /** The key that names the extension: `policy` in `{ policy: hpa, ... }`. */
  readonly key: string;
  /** What is chosen where the section is left out; null means that it must be given. */
  readonly fallback: string | null;
  readonly description: string;
}

/**
 * A section that names an extension and carries the extension's own fields beside the name: `{ policy: hpa, metrics: [...] }`.
 *
 * The fields are judged by the schema of the extension; the JSON Schema of the section has one alternative for each.
 */
export function choiceSchema(definitions: Readonly<Record<string, Choosable>>, options: ChoiceOptions) {
  const { key, fallback, description } = options;
  const names = Object.keys(definitions).sort();
  const anyOf = names.map((name) => alternative(definitions[name], key, name));
  const list = names.map((name) => `${name}: ${definitions[name].description}`).join('; ');
  const section = z
    .looseObject({ [key]: z.enum(names).meta({ description: list }) })
    .meta({ description, anyOf })
    .transform((section, context): Choice => {
      const { [key]: name, ...fields } = section;
      const judged = definitions[name].schema.safeParse(fields);
      if (judged.success) return { name, config: judged.data };
      for (const issue of judged.error.issues) context.addIssue({ ...issue });
      return z.NEVER;
    });
  return fallback === null ? section : section.prefault({ [key]: fallback });
}

/** The JSON Schema of one alternative: an extension's own fields beside its name. */
export function alternative(definition: Choosable, key: string, name: string): Record<string, unknown> {
  const section = z.toJSONSchema(definition.schema, { io: 'input', unrepresentable: 'any' });
  delete section.$schema;
  const properties = { [key]: { const: name }, ...section.properties };
  return { ...section, title: definition.description, properties, required: [key, ...(section.required ?? [])] };
}
