/** Somebody who runs on a node's cores. */
export interface Contender {
  readonly weight: number;
  /** Cores that its threads could use; 0 where it has none. Threads stopped by a quota count. */
  readonly want: number;
  /** Its quota is used up, so that it can use nothing at present. */
  readonly stopped: boolean;
  /** Brings `stopped` up to the present instant. */
  refresh(): void;
  /** From now on it gets at most so many cores; Infinity where the node has enough for all. */
  receive(cores: number): void;
}

/** The cores of a node, as contenders see them. */
export interface CoreContest {
  /** A contender wants more or less than before, or, while the node is full, its quota is used up or back. */
  changed(contender: Contender): void;
}
