import type { RunResult } from '../domain/run-result.js';

/** Something that the result rests on and nobody has measured, as reports list it. */
export interface ListedGuess {
  readonly what: string;
  /** What stands in its place, and how to find out; a sentence or two. */
  readonly detail: string;
}

/** What to measure first: the scenario's own list where it has one, else every input that counts as a guess. One list for all outputs. */
export function guessList({ guesses, trust }: RunResult): readonly ListedGuess[] {
  if (guesses !== undefined) {
    return guesses.map(({ what, why, measure }) => ({
      what,
      detail: `${why}.${measure === null ? '' : ` Measure it, for instance with ${measure}.`}`,
    }));
  }
  return trust.filter(({ status }) => status === 'guessed').map(({ input, detail }) => ({ what: input, detail }));
}

/** `On 8 guesses, the first: where the traffic goes.`; empty where the scenario has no list of its own. */
export function guessSentence({ guesses = [] }: RunResult): string {
  if (guesses.length === 0) return '';
  const [{ what }] = guesses;
  const first = `${what.charAt(0).toLowerCase()}${what.slice(1)}`.replace(/^cPU/, 'CPU');
  return guesses.length === 1 ? `On one guess: ${first}.` : `On ${guesses.length} guesses, the first: ${first}.`;
}
