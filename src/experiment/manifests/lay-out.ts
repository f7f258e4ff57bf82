import type { Draft, Field, Guess, Leaf, Remark, Section, Sequence } from './draft.js';
import { wrap } from './wrap.js';

/** Where comments begin, if the value leaves room. */
const COMMENT_COLUMN = 36;
/** Longer lines have their comment above. */
const WIDEST = 120;

/** Writes a mapping as YAML in block style, a line each, with its comments. */
export function layOut(drafted: Section): readonly string[] {
  return entries(drafted, '');
}

function entries({ entries: all }: Section, indent: string): readonly string[] {
  return all.flatMap((entry) => (entry.kind === 'remark' ? remarkLines(entry, indent) : fieldLines(entry, indent)));
}

function fieldLines({ key, value }: Field, indent: string): readonly string[] {
  return placed(`${indent}${key}:`, value, indent, `${indent}  `);
}

/** A value after its key or dash: a leaf on the same line, a collection below. */
function placed(head: string, value: Draft, indent: string, inner: string): readonly string[] {
  if (value.kind === 'leaf') return commented(`${head} ${value.text}`, commentOf(value), indent);
  const isEmpty = value.kind === 'section' ? value.entries.length === 0 : value.items.length === 0;
  if (isEmpty) return commented(`${head} ${value.kind === 'section' ? '{}' : '[]'}`, value.comment, indent);
  const below = value.kind === 'section' ? entries(value, inner) : items(value, inner);
  return [...commented(head, value.comment, indent), ...below];
}

function items({ items: all }: Sequence, indent: string): readonly string[] {
  return all.flatMap((item) => {
    if (item.kind === 'remark') return remarkLines(item, indent);
    if (item.kind === 'leaf') return commented(`${indent}- ${item.text}`, commentOf(item), indent);
    return dashed(item, indent);
  });
}

/** A mapping in a list: the dash stands before its first key, below the comments that go before it. */
function dashed(item: Section, indent: string): readonly string[] {
  const lines = entries(item, `${indent}  `);
  const first = lines.findIndex((line) => !line.trimStart().startsWith('#'));
  const origin = item.comment === '' ? [] : [`${indent}# ${item.comment}`];
  return [
    ...origin,
    ...lines.slice(0, first).map((line) => `${indent}${line.trimStart()}`),
    `${indent}- ${lines[first].trimStart()}`,
    ...lines.slice(first + 1),
  ];
}

function commentOf({ comment, guess }: Leaf): string {
  return [comment, ...(guess === null ? [] : [guessText(guess)])].filter((part) => part !== '').join('; ');
}

function guessText({ why, measure }: Guess): string {
  return `GUESS: ${why}; measure it, for instance with ${measure}`;
}

function commented(line: string, comment: string, indent: string): readonly string[] {
  if (comment === '') return [line];
  const whole = `${line.padEnd(COMMENT_COLUMN)} # ${comment}`;
  return whole.length <= WIDEST ? [whole] : [...wrap(comment, `${indent}# `, WIDEST), line];
}

function remarkLines({ text }: Remark, indent: string): readonly string[] {
  return text.split('\n').flatMap((line) => wrap(line, `${indent}# `, WIDEST));
}
