import type { Note, Unused } from './imported-scenario.js';
import { topics } from './topics.js';
import { wrap } from './wrap.js';

const WIDTH = 120;
/** Paths named for one unknown; of more, the first ones and how many. */
const MOST_PATHS = 3;

/** The comment at the top of a scenario: where it comes from, what the manifests could not say, and what is left out. */
export function headComment(
  sources: readonly string[],
  notes: readonly Note[],
  unused: readonly Unused[],
): readonly string[] {
  const found = [...new Set(notes.map(({ topic }) => topic))];
  const numbered = found.flatMap((topic, i) => {
    const alike = notes.filter((note) => note.topic === topic);
    const line = `${i + 1}. ${topics[topic].title}${pathsOf(alike)}: ${reasonOf(alike)}`;
    return wrap(line, '#   ', WIDTH);
  });
  const left = unused.flatMap(({ place, what, why }) => wrap(`- ${place} ${what} (${why})`, '#   ', WIDTH));
  return [
    ...wrap(
      `Imported by hindcast from ${sources.join(', ')}. Every value says where it comes from; what is marked GUESS was not in the manifests.`,
      '# ',
      WIDTH,
    ),
    '#',
    '# What the manifests could not say, most important first:',
    ...numbered,
    ...(left.length === 0 ? [] : ['#', '# Not used by this version:', ...left]),
  ];
}

function pathsOf(notes: readonly Note[]): string {
  const paths = notes.flatMap((note) => note.paths);
  if (paths.length === 0) return '';
  const more = paths.length > MOST_PATHS ? ` and ${paths.length - MOST_PATHS} more` : '';
  return ` (${paths.slice(0, MOST_PATHS).join(', ')}${more})`;
}

/** One or two reasons are given; more stand where the guesses stand. */
function reasonOf(notes: readonly Note[]): string {
  const texts = notes.map(({ text }) => text);
  return texts.length <= 2 ? texts.join('; ') : `${texts[0]}; and ${texts.length - 1} more, marked below`;
}
