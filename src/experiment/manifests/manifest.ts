import { z } from 'zod';
import { InputError } from '../../domain/errors.js';
import { describeIssue } from '../scenario/describe-issue.js';
import type { SourceTree } from '../scenario/source-tree.js';
import { isList, isMap, type Path, type Tree } from '../scenario/tree.js';

const zMetadata = z.object({
  metadata: z.object({
    name: z.string().min(1).meta({ description: 'the name of the object' }),
    namespace: z.string().min(1).optional(),
    ownerReferences: z.array(z.object({ kind: z.string() })).default([]),
  }),
});

/** One object of Kubernetes as written, with the place of every field. */
export class Manifest {
  readonly name: string;
  /** Null where the manifest leaves it to `kubectl --namespace`. */
  readonly namespace: string | null;
  /** Kind of the object that made this one, as the Deployment of a ReplicaSet. */
  readonly ownerKind: string | null;

  /** Throws InputError where the object has no name. */
  constructor(
    readonly kind: string,
    readonly apiVersion: string,
    private readonly tree: SourceTree,
  ) {
    const { name, namespace, ownerReferences } = this.read(zMetadata).metadata;
    this.name = name;
    this.namespace = namespace ?? null;
    this.ownerKind = ownerReferences.at(0)?.kind ?? null;
  }

  /** `Deployment shop/web`. */
  get title(): string {
    return `${this.kind} ${this.namespace === null ? '' : `${this.namespace}/`}${this.name}`;
  }

  /** The fields that a schema names; others are left alone, empty ones count as absent. Throws InputError at the first that is wrong. */
  read<Fields>(schema: z.ZodType<Fields>): Fields {
    const document = withoutNulls(this.tree.value);
    const judged = schema.safeParse(document);
    if (judged.success) return judged.data;
    const jsonSchema = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const { path, problem, hint } = describeIssue(judged.error.issues[0], { document, schema: jsonSchema });
    return this.reject(path, problem, hint);
  }

  /** Where a field was written, or the nearest thing around it: `deployment.yaml:34`. */
  place(path: Path = []): string {
    const { source, line } = this.tree.placeOf(path);
    return line === undefined ? source : `${source}:${line}`;
  }

  /** Where a field was written and what it is called, `deployment.yaml:34 spec.replicas`; or that it was left out. */
  origin(path: Path, words: string): string {
    return this.tree.has(path) ? `${this.place(path)} ${words}` : `${this.place(path)} leaves ${words} to its default`;
  }

  /** Ends with an error about a field. */
  reject(path: Path, problem: string, hint?: string): never {
    const { source, line, path: field } = this.tree.placeOf(path);
    const title = field === undefined || field === '' ? this.title : field;
    throw new InputError({ source, ...(line === undefined ? {} : { line }), path: title }, problem, hint);
  }
}

/** To Kubernetes a key without a value is as good as absent. */
function withoutNulls(tree: Tree): Tree {
  if (isList(tree)) return tree.map(withoutNulls);
  if (!isMap(tree)) return tree;
  const kept = Object.entries(tree).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNulls(value)]));
}
