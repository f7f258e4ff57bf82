import type { z } from 'zod';
import { isMap, type Path, type Tree, valueAt } from './tree.js';

/** A JSON Schema, or a part of one. */
export type SchemaNode = z.core.JSONSchema.BaseSchema;

type Member = SchemaNode | boolean | undefined;

function isNode(member: Member): member is SchemaNode {
  return typeof member === 'object';
}

/** A node and every alternative below it that a value of the user's does not contradict by a constant (`policy: hpa`). */
export function alternatives(node: SchemaNode, value: Tree | undefined): readonly SchemaNode[] {
  const branches: readonly Member[] = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  const fitting = branches.filter(isNode).filter((branch) => !contradicts(branch, value));
  return [node, ...fitting.flatMap((branch) => alternatives(branch, value))];
}

function contradicts(branch: SchemaNode, value: Tree | undefined): boolean {
  if (!isMap(value)) return false;
  return Object.entries(branch.properties ?? {}).some(
    ([key, property]) =>
      isNode(property) && property.const !== undefined && value[key] !== undefined && value[key] !== property.const,
  );
}

/** The schemas that describe what stands at a path of a document; empty where nothing may stand there. */
export function schemasAt(root: SchemaNode, document: Tree, path: Path): readonly SchemaNode[] {
  let nodes: readonly SchemaNode[] = alternatives(root, document);
  let value: Tree | undefined = document;
  for (const step of path) {
    value = childOf(value, step);
    const next = value;
    nodes = nodes.flatMap((node) => childSchemas(node, step)).flatMap((node) => alternatives(node, next));
  }
  return nodes;
}

function childOf(value: Tree | undefined, step: string | number): Tree | undefined {
  return valueAt(value, [step]);
}

function childSchemas(node: SchemaNode, step: string | number): readonly SchemaNode[] {
  if (typeof step === 'number') return (Array.isArray(node.items) ? [] : [node.items]).filter(isNode);
  const named = node.properties !== undefined && Object.hasOwn(node.properties, step);
  return [named ? node.properties?.[step] : node.additionalProperties].filter(isNode);
}

/** The keys that may stand in the mapping at a path; null where any key may (names of the user's own). */
export function keysAt(root: SchemaNode, document: Tree, path: Path): readonly string[] | null {
  const nodes = schemasAt(root, document, path);
  if (nodes.some((node) => isOpen(node))) return null;
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}

/** A mapping with names of the user's own; a section of a policy is closed by its alternatives. */
function isOpen(node: SchemaNode): boolean {
  const closedBelow = node.anyOf !== undefined || node.oneOf !== undefined;
  return typeof node.additionalProperties === 'object' && !closedBelow;
}
