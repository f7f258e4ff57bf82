import type { SchemaNode } from './json-schema-walk.js';

/** More forms than that are no help. */
const MOST = 12;

/**
 * The forms that a value may take, as a reader would write them: `{ by: hotspot }`, `{ mean: ..., cv: ... }`, `poisson`, `a number`; keys that may be left
 * out are not in them. Empty where the schemas say nothing, or too much.
 */
export function knownForms(nodes: readonly SchemaNode[]): readonly string[] {
  const forms = [...new Set(nodes.flatMap(formsOf))];
  return forms.length > MOST ? [] : forms;
}

/** The constants that a key tells the alternatives apart by, as `hotspot` and `openj9` for `by`. */
export function constantsOf(nodes: readonly SchemaNode[], key: string): readonly string[] {
  const constants = nodes.flatMap(branchesOf).flatMap((branch) => {
    const property = branch.properties?.[key];
    return typeof property === 'object' && property.const !== undefined ? [String(property.const)] : [];
  });
  return [...new Set(constants)];
}

function formsOf(node: SchemaNode): readonly string[] {
  const branches = branchesOf(node);
  if (branches.length > 0) return branches.flatMap(formsOf);
  if (node.enum !== undefined) return node.enum.map(String);
  if (node.const !== undefined) return [String(node.const)];
  if (node.type === 'object') return mappingForm(node);
  const phrase = asPhrase(node.description);
  if (phrase !== null) return [phrase];
  return node.type === undefined || Array.isArray(node.type) ? [] : [TYPES[node.type] ?? node.type];
}

function mappingForm({ properties = {}, required = [], description }: SchemaNode): readonly string[] {
  const constants = Object.entries(properties).filter(([, of]) => typeof of === 'object' && of.const !== undefined);
  const written = constants.map(([key, of]) => `${key}: ${typeof of === 'object' ? String(of.const) : ''}`);
  const others = required.filter((key) => !constants.some(([name]) => name === key)).map((key) => `${key}: ...`);
  if (written.length + others.length > 0) return [`{ ${[...written, ...others].join(', ')} }`];
  const [example] = /\{ .* \}/.exec(description ?? '') ?? [];
  const [first] = Object.keys(properties);
  return example !== undefined ? [example] : first === undefined ? [] : [`{ ${first}: ... }`];
}

function branchesOf({ anyOf = [], oneOf = [] }: SchemaNode): readonly SchemaNode[] {
  return [...anyOf, ...oneOf].filter((branch): branch is SchemaNode => typeof branch === 'object');
}

/** A description that can stand after "must be". */
export function asPhrase(description: string | undefined): string | null {
  const isPhrase = description !== undefined && /^(an? |one of |how many|bounds )/i.test(description);
  return isPhrase ? description.replace(/\.$/, '') : null;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
};
