import type { Unused } from './imported-scenario.js';
import type { Topic } from './topics.js';

/** What stands in place of something that the manifests could not say. */
export interface Guess {
  readonly topic: Topic;
  /** Why this and not something else, without a full stop. */
  readonly why: string;
  /** How to find out, without a full stop. */
  readonly measure: string;
}

/** A value in one line, as YAML has it, and what its comment says. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly text: string;
  readonly comment: string;
  readonly guess: Guess | null;
}

/** A comment on lines of its own: a thing that is not used, or an unknown that no value could stand for. */
export interface Remark {
  readonly kind: 'remark';
  readonly text: string;
  readonly unused: Unused | null;
  readonly guess: Guess | null;
}

/** A key and its value. */
export interface Field {
  readonly kind: 'field';
  readonly key: string;
  readonly value: Draft;
  /** What to say instead where the schema does not know the key; null where it must. */
  readonly otherwise: Remark | null;
}

/** A mapping, its keys each on a line. */
export interface Section {
  readonly kind: 'section';
  readonly comment: string;
  readonly entries: readonly (Field | Remark)[];
}

/** A list, its items each on a line. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly comment: string;
  readonly items: readonly (Leaf | Section | Remark)[];
}

/** A part of a scenario in the making: what it says, where each value comes from, and what is only guessed. */
export type Draft = Leaf | Section | Sequence;
