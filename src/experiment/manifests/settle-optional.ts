import type { Draft, Field, Remark, Section } from './draft.js';

/** The keys that may stand in the mapping at a path; null where any may. */
export type KnownKeys = (path: readonly (string | number)[]) => readonly string[] | null;

/** A draft in which every optional key that is not known has become its remark. */
export function settleOptional(drafted: Section, keysAt: KnownKeys): Section {
  return settled(drafted, [], keysAt);
}

function settled(drafted: Section, path: readonly (string | number)[], keysAt: KnownKeys): Section {
  const entries = drafted.entries.map((entry): Field | Remark => {
    if (entry.kind === 'remark') return entry;
    const { otherwise } = entry;
    if (otherwise !== null && keysAt(path)?.includes(entry.key) === false) return otherwise;
    return { ...entry, otherwise: null, value: settledDraft(entry.value, [...path, entry.key], keysAt) };
  });
  return { ...drafted, entries };
}

function settledDraft(value: Draft, path: readonly (string | number)[], keysAt: KnownKeys): Draft {
  if (value.kind === 'leaf') return value;
  if (value.kind === 'section') return settled(value, path, keysAt);
  let i = -1;
  const items = value.items.map((item) => {
    if (item.kind === 'remark') return item;
    i += 1;
    return item.kind === 'section' ? settled(item, [...path, i], keysAt) : item;
  });
  return { ...value, items };
}
