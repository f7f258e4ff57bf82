/** Something that nobody has measured and that the result rests on. */
export interface GuessedInput {
  /** What it is, as `CPU time of a request`. */
  readonly what: string;
  /** What stands in its place and why, without a full stop. */
  readonly why: string;
  /** How to find out, without a full stop; null where the scenario does not say. */
  readonly measure: string | null;
  /** Paths of the scenario where it stands; empty where no value stands for it. */
  readonly paths: readonly string[];
}
