import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type YAMLMap } from 'yaml';
import { InputError } from '../../domain/errors.js';
import type { InputPlace } from '../../domain/errors.js';
import { SourceTree } from './source-tree.js';
import { type Path, pathText, type Tree, type TreeMap } from './tree.js';

/** Expanded aliases; a bomb needs thousands, a person a handful. */
const MOST_ALIASES = 100;
/** Keys that would reach into JavaScript's own objects. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Checks one key of the user's; also for keys that do not come from a file. */
export function requireHarmlessKey(key: string, place: InputPlace): void {
  if (!forbiddenKeys.has(key)) return;
  throw new InputError(place, `must not use ${key} as a key`, 'Choose another name.');
}

/** A parsed text and how messages name its file. */
export interface ParsedText {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Turns a mapping of a parsed text, the root or one inside it, into values with their lines. Throws InputError with the line. */
export function expandMap(map: YAMLMap, text: ParsedText): SourceTree {
  return new Expansion(text).tree(map);
}

/** One walk over the nodes that expands aliases, refuses bombs and notes lines. */
class Expansion {
  private readonly places = new Map<string, InputPlace>();
  private readonly open = new Set<Node>();
  private aliases = 0;

  constructor(private readonly text: ParsedText) {}

  tree(root: YAMLMap): SourceTree {
    return new SourceTree(this.text.file, this.expand(root, []), this.places);
  }

  private expand(node: Node | null, path: Path): Tree {
    if (node === null) return null;
    if (!this.places.has(pathText(path))) this.places.set(pathText(path), this.placeOf(node));
    if (isAlias(node)) return this.follow(node.resolve(this.text.document), node, path);
    if (isMap(node)) return this.map(node, path);
    if (isSeq(node)) return node.items.map((item, i) => this.expand(asNode(item), [...path, i]));
    return isScalar(node) ? this.scalar(node.value, node, path) : null;
  }

  private follow(target: Node | undefined, alias: Node, path: Path): Tree {
    this.aliases += 1;
    const place = { ...this.placeOf(alias), path: pathText(path) };
    if (target === undefined) throw new InputError(place, 'must name an anchor that stands above, was unknown');
    if (this.aliases > MOST_ALIASES) {
      throw new InputError(
        place,
        `must not expand more than ${MOST_ALIASES} aliases`,
        'Write the values out, or use fewer anchors.',
      );
    }
    if (this.open.has(target))
      throw new InputError(place, 'must not contain itself', 'Remove the alias from its own anchor.');
    this.open.add(target);
    const value = this.expand(target, path);
    this.open.delete(target);
    return value;
  }

  private map(node: YAMLMap, path: Path): TreeMap {
    const map: Record<string, Tree> = {};
    for (const { key, value } of node.items) {
      const at = isScalar(key) ? key : node;
      if (!isScalar(key)) throw new InputError(this.placeOf(at), 'must have plain words as keys, had a collection');
      const name = String(key.value);
      const place = this.placeOf(at);
      requireHarmlessKey(name, place);
      this.places.set(pathText([...path, name]), place);
      map[name] = this.expand(asNode(value), [...path, name]);
    }
    return map;
  }

  private scalar(value: unknown, node: Node, path: Path): Tree {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    const place = { ...this.placeOf(node), path: pathText(path) };
    throw new InputError(
      place,
      `must be a finite number or a text, was ${typeof value === 'number' ? value : typeof value}`,
      'Put quotes around it if it is a text.',
    );
  }

  private placeOf(node: Node): InputPlace {
    const { file, lines } = this.text;
    const start = node.range?.at(0);
    return start === undefined ? { source: file } : { source: file, line: lines.linePos(start).line };
  }
}

/** A member of a parsed collection; the library types it as unknown. */
function asNode(member: unknown): Node | null {
  return isAlias(member) || isMap(member) || isSeq(member) || isScalar(member) ? member : null;
}
