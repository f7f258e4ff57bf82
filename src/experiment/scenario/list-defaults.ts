import { formatDuration } from './format-duration.js';
import { alternatives, type SchemaNode } from './json-schema-walk.js';
import { isList, isMap, type Path, pathText, type Tree, type TreeMap, valueAt } from './tree.js';

/** A value that the scenario leaves to its default. */
export interface DefaultedValue {
  readonly path: string;
  /** As the user could have written it. */
  readonly value: string;
  readonly meaning: string;
}

/** Every default that a scenario uses, in the order of the schema. */
export function listDefaults(document: Tree, schema: SchemaNode): readonly DefaultedValue[] {
  const found: DefaultedValue[] = [];
  collect(schema, document, [], found);
  return found;
}

function collect(node: SchemaNode, value: Tree | undefined, path: Path, found: DefaultedValue[]): void {
  for (const form of alternatives(node, value)) {
    if (isList(value)) collectItems(form, value, path, found);
    else if (value === undefined || isMap(value)) collectKeys(form, value ?? {}, path, found);
  }
}

function collectItems(form: SchemaNode, items: readonly Tree[], path: Path, found: DefaultedValue[]): void {
  const { items: schema } = form;
  if (typeof schema !== 'object' || Array.isArray(schema)) return;
  items.forEach((item, i) => collect(schema, item, [...path, i], found));
}

function collectKeys(form: SchemaNode, map: TreeMap, path: Path, found: DefaultedValue[]): void {
  for (const [key, property] of Object.entries(form.properties ?? {})) {
    if (typeof property === 'object') collectKey(property, valueAt(map, [key]), [...path, key], found);
  }
  const { additionalProperties: others } = form;
  if (typeof others !== 'object') return;
  for (const [key, given] of Object.entries(map)) {
    if (!Object.hasOwn(form.properties ?? {}, key)) collect(others, given, [...path, key], found);
  }
}

function collectKey(property: SchemaNode, given: Tree | undefined, path: Path, found: DefaultedValue[]): void {
  const fallback: unknown = property.default;
  if (given !== undefined) collect(property, given, path, found);
  else if (fallback === undefined) return;
  else if (opens(property)) collect(property, {}, path, found);
  else push(found, path, property, fallback);
}

/** A section whose own fields have defaults is listed by its fields. */
function opens(node: SchemaNode): boolean {
  return alternatives(node, undefined).some((form) => form.properties !== undefined) && isEmptyMap(node.default);
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function push(found: DefaultedValue[], path: Path, node: SchemaNode, fallback: unknown): void {
  const text = pathText(path);
  if (found.some((value) => value.path === text)) return;
  found.push({ path: text, value: shown(node, fallback), meaning: node.description ?? '' });
}

/** Sections of other layers have lengths of time in microseconds as their defaults. */
function shown(node: SchemaNode, fallback: unknown): string {
  const mayBeText = Array.isArray(node.type) && node.type.includes('string');
  if (typeof fallback === 'number' && fallback >= 1000 && mayBeText) return formatDuration(fallback);
  return typeof fallback === 'string' ? fallback : JSON.stringify(fallback);
}
