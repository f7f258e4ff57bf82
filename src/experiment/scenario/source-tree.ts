import { dirname } from 'node:path';
import { InputError } from '../../domain/errors.js';
import type { InputPlace } from '../../domain/errors.js';
import { type Path, pathText, type Tree, valueAt, withoutKey } from './tree.js';

/** A scenario as written, with the place of every value, so that an error can point at its line. */
export class SourceTree {
  constructor(
    /** The file as the user named it. */
    readonly file: string,
    readonly value: Tree,
    /** Where values were written, by the text of their path; those that are absent stand where their parent stands. */
    private readonly places: ReadonlyMap<string, InputPlace>,
    /** The files it is made of: its own, then the one it extends, and so on. */
    readonly chain: readonly string[] = [file],
  ) {}

  /** Where a value, or the nearest thing around it, was written. */
  placeOf(path: Path): InputPlace {
    for (let length = path.length; length >= 0; length -= 1) {
      const place = this.places.get(pathText(path.slice(0, length)));
      if (place !== undefined) return { ...place, path: pathText(path) };
    }
    return { source: this.file, path: pathText(path) };
  }

  /** Folder of the file in which a value was written: paths in it start there. */
  folderOf(path: Path): string {
    const { source } = this.placeOf(path);
    return dirname(this.chain.includes(source) ? source : this.file);
  }

  /** Whether the user wrote this value. */
  has(path: Path): boolean {
    return valueAt(this.value, path) !== undefined;
  }

  /** The same scenario with one value replaced, its place being `source`. */
  replaced(value: Tree, path: Path, source: string): SourceTree {
    const text = pathText(path);
    const outside = [...this.places].filter(([key]) => !isWithin(key, text));
    const places = new Map(outside).set(text, { source });
    return new SourceTree(this.file, value, places, this.chain);
  }

  /** The same scenario with the value at `to` replaced by one that was written at `from`, and whose places go with it. */
  moved(value: Tree, from: Path, to: Path): SourceTree {
    const [old, text] = [pathText(from), pathText(to)];
    const places = new Map([...this.places].filter(([key]) => !isWithin(key, text)));
    for (const [key, place] of this.places) if (isWithin(key, old)) places.set(text + key.slice(old.length), place);
    return new SourceTree(this.file, value, places, this.chain);
  }

  /** The same scenario without the key that a path ends in. */
  without(path: Path): SourceTree {
    const text = pathText(path);
    const places = new Map([...this.places].filter(([key]) => !isWithin(key, text)));
    return new SourceTree(this.file, withoutKey(this.value, path), places, this.chain);
  }

  /** Ends with an error about a value. */
  reject(path: Path, problem: string, hint?: string): never {
    throw new InputError(this.placeOf(path), problem, hint);
  }

  /** A warning about a value, in the form of an error message. */
  warning(path: Path, problem: string, hint?: string): string {
    return new InputError(this.placeOf(path), problem, hint).message;
  }
}

/** Whether the text of a path is another's, or leads to something inside it. */
function isWithin(key: string, text: string): boolean {
  return key === text || key.startsWith(`${text}.`) || key.startsWith(`${text}[`);
}
