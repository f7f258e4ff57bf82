/** Where in the user's input something is wrong. Every part is optional but `source`. */
export interface InputPlace {
  /** The file, or what stands in its place (`--set`, an argument). */
  readonly source: string;
  /** Line, counted from 1. */
  readonly line?: number;
  /** Dotted path of the field, as `workloads.web.replicas.max`. */
  readonly path?: string;
}

/**
 * The user's input is wrong: a file, a field, an argument. Exit code 2.
 *
 * The message reads `scenarios/sale.yaml:14: pods.max must be at least pods.min (20), was 5` and is followed by the mend.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    readonly place: InputPlace,
    /** What was expected and what was found, in one sentence without a full stop. */
    readonly problem: string,
    /** How to mend it, in one imperative sentence. */
    readonly hint?: string,
  ) {
    const line = place.line === undefined ? '' : `:${place.line}`;
    const path = place.path === undefined || place.path === '' ? '' : `${place.path} `;
    super(`${place.source}${line}: ${path}${problem}${hint === undefined ? '' : `\n  ${hint}`}`);
  }
}

/** Something outside the product failed: a disk, a network, a cluster. Exit code 1; in live operation it becomes a fact. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
}

/** A broken invariant of the product itself: stop, and report it. Exit code 1. */
export class Bug extends Error {
  override readonly name = 'Bug';
}
