/** Text that is already HTML and is not escaped again. Made only by `markup`, `joinHtml` and `trustedHtml`. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = Html | string | number | readonly Html[];

/**
 * A template tag: every interpolated string is escaped for element content and for quoted attributes; pieces of `Html` go in as they are.
 *
 * The indentation of the template itself is dropped: it is the source's, and a table has thousands of rows.
 */
export function markup(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const plain = parts.map((part) => part.replace(/\s*\n\s*/g, '\n'));
  const filled = plain.map((part, index) => (index < pieces.length ? part + render(pieces[index]) : part));
  return new Html(filled.join(''));
}

/** Pieces of HTML one after another. */
export function joinHtml(pieces: readonly Html[]): Html {
  return new Html(pieces.map(({ text }) => text).join('\n'));
}

/** Vouches for text of our own (styles, scripts, embedded JSON) as HTML; never for anything from a scenario. */
export function trustedHtml(text: string): Html {
  return new Html(text);
}

/** Escapes text for element content and for attributes in either kind of quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A value as JSON that can stand inside a `<script>` element: no `<`, so that neither `</script` nor `<!--` can end it. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

function render(piece: Piece): string {
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'string') return escapeHtml(piece);
  if (typeof piece === 'number') return String(piece);
  return joinHtml(piece).text;
}
