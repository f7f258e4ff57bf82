import { guessesOf } from './guesses-of.js';
import type { Note, Unused } from './imported-scenario.js';
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
  const numbered = guessesOf(notes).flatMap(({ what, why, paths }, i) =>
    wrap(`${i + 1}. ${what}${placesOf(paths)}: ${why}`, '#   ', WIDTH),
  );
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

function placesOf(paths: readonly string[]): string {
  if (paths.length === 0) return '';
  const more = paths.length > MOST_PATHS ? ` and ${paths.length - MOST_PATHS} more` : '';
  return ` (${paths.slice(0, MOST_PATHS).join(', ')}${more})`;
}
