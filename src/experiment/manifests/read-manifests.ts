import { isMap, isSeq, LineCounter, type Node, parseAllDocuments, type YAMLMap } from 'yaml';
import { InputError } from '../../domain/errors.js';
import { expandMap, type ParsedText } from '../scenario/expand-map.js';
import { nestingDepth } from '../scenario/nesting-depth.js';
import type { ManifestSource } from './import-options.js';
import type { Unused } from './imported-scenario.js';
import { isKnownKind } from './known-kinds.js';
import { Manifest } from './manifest.js';

/** Deeper than any schema of a custom resource. */
const DEEPEST = 256;

/** Kinds that make objects of the kinds that are looked into: what runs in a cluster holds both, and the maker counts. */
const makers: ReadonlySet<string> = new Set(['Deployment', 'Rollout', 'ScaledObject']);

/** What the files hold. */
export interface ReadManifests {
  readonly manifests: readonly Manifest[];
  /** Documents that are not looked into, one entry a kind. */
  readonly unused: readonly Unused[];
}

/** An object that is not looked into. */
interface Other {
  readonly kind: string;
  readonly place: string;
}

/**
 * Reads every object of every document, lists unpacked: YAML or JSON, one document or many.
 *
 * Throws InputError with file and line for text that is not YAML and for an object without a name.
 */
export function readManifests(sources: readonly ManifestSource[]): ReadManifests {
  const manifests: Manifest[] = [];
  const others: Other[] = [];
  for (const text of sources.flatMap(parse)) {
    for (const node of objectsOf(text.document.contents)) {
      const kind = wordOf(node, 'kind') ?? 'document without a kind';
      const apiVersion = wordOf(node, 'apiVersion') ?? '';
      if (!isKnownKind(kind, apiVersion)) {
        others.push({ kind, place: `${text.file}:${lineOf(node, text)}` });
        continue;
      }
      const manifest = new Manifest(kind, apiVersion, expandMap(node, text));
      const { ownerKind } = manifest;
      if (ownerKind === null || !makers.has(ownerKind)) manifests.push(manifest);
      else others.push({ kind: `${kind} made by its ${ownerKind}`, place: manifest.place() });
    }
  }
  return { manifests, unused: counted(others) };
}

function parse({ name, text }: ManifestSource): readonly ParsedText[] {
  if (nestingDepth(text) > DEEPEST) {
    throw new InputError({ source: name }, `must be nested at most ${DEEPEST} levels deep`);
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
    merge: false,
  });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    const error = document.errors.at(0);
    if (error === undefined) return { file: name, document, lines };
    const { line } = lines.linePos(error.pos[0]);
    const problem = `is not valid YAML: ${error.message.replace(/\s+/g, ' ')}`;
    throw new InputError({ source: name, line }, problem, mendOf(text));
  });
}

function mendOf(text: string): string {
  return text.includes('{{')
    ? 'It looks like a template: render it first, as helm template . | hindcast import - does.'
    : 'Mend the syntax on this line or the one above.';
}

/** The objects of a document: itself, or the items of a list such as `kubectl get -o yaml` prints. */
function objectsOf(root: Node | null): readonly YAMLMap[] {
  if (!isMap(root)) return [];
  const items = root.get('items', true);
  const isListOfObjects = wordOf(root, 'kind')?.endsWith('List') === true && isSeq(items);
  return isListOfObjects ? items.items.filter((item) => isMap(item)).flatMap(objectsOf) : [root];
}

function wordOf(node: YAMLMap, key: string): string | null {
  const value = node.get(key);
  return typeof value === 'string' ? value : null;
}

function lineOf(node: YAMLMap, { lines }: ParsedText): number {
  return lines.linePos(node.range?.at(0) ?? 0).line;
}

function counted(others: readonly Other[]): readonly Unused[] {
  const byKind = new Map<string, Other[]>();
  for (const other of others) byKind.set(other.kind, [...(byKind.get(other.kind) ?? []), other]);
  return [...byKind].map(([kind, all]) => ({
    place: all[0].place,
    what: `${all.length} ${kind}`,
    why: 'not looked into',
  }));
}
