import type { GuessedInput } from '../../domain/guess.js';
import type { Note } from './imported-scenario.js';
import { type Topic, topics } from './topics.js';

/** All that was guessed about a topic. */
export interface TopicGuess extends GuessedInput {
  readonly topic: Topic;
}

/** What was guessed, an entry a topic, most important first: the one list that the scenario, its comment, the terminal and the report show. */
export function guessesOf(notes: readonly Note[]): readonly TopicGuess[] {
  const found = [...new Set(notes.map(({ topic }) => topic))];
  return found.map((topic) => {
    const alike = notes.filter((note) => note.topic === topic);
    return {
      topic,
      what: topics[topic].title,
      why: reasonOf(alike),
      measure: alike[0].measure,
      paths: alike.flatMap((note) => note.paths),
    };
  });
}

/** One or two reasons are given; more stand where the guesses stand. */
function reasonOf(notes: readonly Note[]): string {
  const texts = notes.map(({ text }) => text);
  return texts.length <= 2 ? texts.join('; ') : `${texts[0]}; and ${texts.length - 1} more, marked in the scenario`;
}

/** The section of a scenario that lists them, a line each; JSON in one line is YAML. */
export function guessesSection(notes: readonly Note[]): string {
  const lines = guessesOf(notes).map(
    ({ what, why, measure, paths }) => `  - ${JSON.stringify({ what, why, measure, paths })}\n`,
  );
  if (lines.length === 0) return '';
  return `# The list of the top, for the report; take out what you have measured.\nguesses:\n${lines.join('')}`;
}
