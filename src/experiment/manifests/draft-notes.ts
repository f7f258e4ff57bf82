import { pathText } from '../scenario/tree.js';
import type { Draft, Guess, Remark, Section } from './draft.js';
import type { Note, Unused } from './imported-scenario.js';
import { type Topic, topics } from './topics.js';

interface Found {
  readonly guesses: { readonly guess: Guess; readonly path: string | null }[];
  readonly unused: Unused[];
}

/** What a draft only guesses, most important first and alike ones together, and what it leaves out. */
export function draftNotes(drafted: Section): { readonly notes: readonly Note[]; readonly unused: readonly Unused[] } {
  const found: Found = { guesses: [], unused: [] };
  visit(drafted, [], found);
  const groups = new Map<string, { readonly guess: Guess; readonly paths: string[] }>();
  for (const { guess, path } of found.guesses) {
    const key = `${guess.topic} ${guess.why}`;
    const group = groups.get(key) ?? { guess, paths: [] };
    if (path !== null) group.paths.push(path);
    groups.set(key, group);
  }
  const order = Object.keys(topics);
  const notes = [...groups.values()]
    .map(({ guess: { topic, why, measure }, paths }) => noteOf(topic, why, measure, paths))
    .sort((a, b) => order.indexOf(a.topic) - order.indexOf(b.topic));
  return { notes, unused: found.unused };
}

function noteOf(topic: Topic, text: string, measure: string, paths: readonly string[]): Note {
  return { severity: topics[topic].severity, topic, paths, text, measure };
}

function visit(drafted: Draft | Remark, path: readonly (string | number)[], found: Found): void {
  switch (drafted.kind) {
    case 'leaf':
      if (drafted.guess !== null) found.guesses.push({ guess: drafted.guess, path: pathText(path) });
      return;
    case 'remark':
      if (drafted.guess !== null) found.guesses.push({ guess: drafted.guess, path: null });
      if (drafted.unused !== null) found.unused.push(drafted.unused);
      return;
    case 'section':
      for (const entry of drafted.entries) {
        if (entry.kind === 'remark') visit(entry, path, found);
        else visit(entry.value, [...path, entry.key], found);
      }
      return;
    case 'sequence':
      visitItems(drafted.items, path, found);
  }
}

function visitItems(items: readonly (Draft | Remark)[], path: readonly (string | number)[], found: Found): void {
  let i = -1;
  for (const item of items) {
    if (item.kind !== 'remark') i += 1;
    visit(item, [...path, i], found);
  }
}
