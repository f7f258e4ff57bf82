import { InputError } from '../../domain/errors.js';

/** A value that is no array and no object. */
export type JsonPrimitive = string | number | boolean | null;

/** Keys and indices from the root to a value. Shared and overwritten: copy what is kept. */
export type JsonPath = readonly (string | number)[];

/** Takes every primitive of a document with its path, in the order of the text. */
export type PrimitiveSink = (path: JsonPath, value: JsonPrimitive) => void;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end';

/** Longer texts and numbers are no data. */
const LONGEST_TOKEN = 1 << 20;
const blank = /[^ \t\n\r]/g;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const scalarEnd = /[^\w.+-]/g;

/**
 * Reads JSON that arrives in pieces and hands out its primitives, holding none of them: a document of any size needs the memory of
 * its deepest path. Several documents may follow one another. Throws InputError, with the line, for what is no JSON.
 */
export class JsonScanner {
  /** Documents that have been read to their end. */
  documents = 0;
  line = 1;
  private pending = '';
  private expected: Expected = 'value';
  private readonly path: (string | number)[] = [];

  constructor(
    private readonly source: string,
    private readonly sink: PrimitiveSink,
  ) {}

  push(piece: string): void {
    const text = this.pending + piece;
    const done = this.scan(text, false);
    this.pending = text.slice(done);
    if (this.pending.length > LONGEST_TOKEN) throw this.wrong('had a value of over a megabyte');
  }

  /** Call once after the last piece. Throws InputError where the document has no end. */
  end(): void {
    const done = this.scan(this.pending, true);
    if (done < this.pending.length || this.path.length > 0 || this.expected !== 'value')
      throw this.wrong('ended in the middle');
  }

  /** Reads whole tokens and answers with where the first incomplete one starts. */
  private scan(text: string, last: boolean): number {
    let at = 0;
    for (;;) {
      blank.lastIndex = at;
      const start = blank.test(text) ? blank.lastIndex - 1 : text.length;
      for (let i = at; i < start; i += 1) if (text[i] === '\n') this.line += 1;
      if (start === text.length) return start;
      const end = this.token(text, start, last);
      if (end < 0) return start;
      at = end;
    }
  }

  /** Reads one token and answers with its end, or -1 where it has not arrived whole. */
  private token(text: string, start: number, last: boolean): number {
    const letter = text[start];
    if (letter === '"') return this.string(text, start);
    if ('{}[]:,'.includes(letter)) {
      this.punctuation(letter);
      return start + 1;
    }
    scalarEnd.lastIndex = start;
    if (!scalarEnd.test(text) && !last) return -1;
    scalar.lastIndex = start;
    const match = scalar.exec(text);
    if (match === null) throw this.wrong(`had ${JSON.stringify(text.slice(start, start + 20))}`);
    this.primitive(JSON.parse(match[0]));
    return scalar.lastIndex;
  }

  private string(text: string, start: number): number {
    let end = text.indexOf('"', start + 1);
    while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
    if (end < 0) return -1;
    const value = this.unescaped(text.slice(start, end + 1));
    if (this.expected === 'key' || this.expected === 'key or }') {
      this.path[this.path.length - 1] = value;
      this.expected = ':';
    } else this.primitive(value);
    return end + 1;
  }

  private unescaped(quoted: string): string {
    if (!quoted.includes('\\')) return quoted.slice(1, -1);
    try {
      return String(JSON.parse(quoted));
    } catch {
      throw this.wrong(`had the text ${quoted.slice(0, 40)}`);
    }
  }

  private primitive(value: unknown): void {
    this.requireValue();
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      this.sink(this.path, value);
    this.finished();
  }

  private punctuation(letter: string): void {
    if (letter === '{' || letter === '[') this.open(letter === '{');
    else if (letter === ':' && this.expected === ':') this.expected = 'value';
    else if (letter === ',' && this.expected === ', or end') this.next();
    else if (this.closes(letter)) {
      this.path.pop();
      this.finished();
    } else throw this.wrong(`had ${letter} where ${this.expected} was due`);
  }

  private open(object: boolean): void {
    this.requireValue();
    this.path.push(object ? '' : 0);
    this.expected = object ? 'key or }' : 'value or ]';
  }

  private next(): void {
    const last = this.path[this.path.length - 1];
    if (typeof last === 'number') this.path[this.path.length - 1] = last + 1;
    this.expected = typeof last === 'number' ? 'value' : 'key';
  }

  private closes(letter: string): boolean {
    const inArray = typeof this.path[this.path.length - 1] === 'number';
    if (this.path.length === 0 || letter !== (inArray ? ']' : '}')) return false;
    return this.expected === ', or end' || this.expected === (inArray ? 'value or ]' : 'key or }');
  }

  private requireValue(): void {
    if (this.expected !== 'value' && this.expected !== 'value or ]')
      throw this.wrong(`had a value where ${this.expected} was due`);
  }

  /** After a value: more of the collection around it, or the next document. */
  private finished(): void {
    this.expected = this.path.length > 0 ? ', or end' : 'value';
    if (this.path.length === 0) this.documents += 1;
  }

  private wrong(found: string): InputError {
    return new InputError(
      { source: this.source, line: this.line, path: pathText(this.path) },
      `must be JSON, ${found}`,
      'Export it again, and see that the file is complete.',
    );
  }
}

function pathText(path: JsonPath): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${key}`)).join('');
}

/** An odd number of backslashes stands before a quote that does not close. */
function isEscaped(text: string, quote: number): boolean {
  let slashes = 0;
  while (text[quote - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}
