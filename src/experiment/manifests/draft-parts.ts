import type { Draft, Field, Guess, Leaf, Remark, Section, Sequence } from './draft.js';
import type { Manifest } from './manifest.js';
import type { Path } from '../scenario/tree.js';

/** A value and where it comes from. */
export function known(text: string, comment: string): Leaf {
  return { kind: 'leaf', text, comment, guess: null };
}

/** A value that stands for something unknown. */
export function guessed(text: string, guess: Guess): Leaf {
  return { kind: 'leaf', text, comment: '', guess };
}

/** A key that every version knows. */
export function field(key: string, value: Draft): Field {
  return { kind: 'field', key, value, otherwise: null };
}

/** A key that some versions know; where this one does not, the remark stands in its place. */
export function fieldIfKnown(key: string, value: Draft, otherwise: Remark): Field {
  return { kind: 'field', key, value, otherwise };
}

/** A mapping of keys to values, with remarks among them. */
export function section(entries: readonly (Field | Remark)[], comment = ''): Section {
  return { kind: 'section', comment, entries };
}

/** A list of values, one a line. */
export function sequence(items: Sequence['items'], comment = ''): Sequence {
  return { kind: 'sequence', comment, items };
}

/** A comment that stands on a line of its own. */
export function remark(text: string): Remark {
  return { kind: 'remark', text, unused: null, guess: null };
}

/** An unknown that no value stands for; `example` is what a user could write in its place. */
export function unknown(guess: Guess, example: string | null = null): Remark {
  const text = `GUESS: ${guess.why}; measure it, for instance with ${guess.measure}`;
  return { kind: 'remark', text: example === null ? text : `${text}\n${example}`, unused: null, guess };
}

/** Something that a manifest says and this version does not use; `why` without a full stop. */
export function notUsed(manifest: Manifest, path: Path, words: string, why = 'not simulated yet'): Remark {
  return notUsedAt(manifest.place(path), manifest, words, why);
}

/** The same for something whose place is already known. */
export function notUsedAt(place: string, { kind, title }: Manifest, words: string, why = 'not simulated yet'): Remark {
  return {
    kind: 'remark',
    text: `not used: ${place} ${kind}: ${words} (${why})`,
    unused: { place, what: `${title}: ${words}`, why },
    guess: null,
  };
}
