import type { Registries } from '../../engine/registries.js';
import type { Guess } from './draft.js';
import type { Unused } from './imported-scenario.js';

/** One file of manifests, or what came on standard input. */
export interface ManifestSource {
  /** As comments and messages name it. */
  readonly name: string;
  readonly text: string;
}

/** A part of the scenario that somebody else than the manifests knows. */
export interface SuppliedText {
  /** As it stands in a scenario, in one line: `{ lognormal: { mean: 12ms, cv: 1.1 } }`. */
  readonly text: string;
  /** Where it comes from, for the comment: `fitted to access.log`. */
  readonly origin: string;
  /** What is a guess about it all the same. */
  readonly guess?: Guess;
}

/** Recorded traffic. */
export interface SuppliedTrace {
  /** As the scenario names it, relative to the file that the scenario will be. */
  readonly path: string;
  /** Length of the run, as 24h; the trace must last as long. */
  readonly duration: string;
  /** Further keys of the trace section, as unit. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Where it comes from, for the comment. */
  readonly origin: string;
  /** Mean size of a response; unknown if left out. */
  readonly responseBytes?: number;
}

/** The part of recorded traffic that goes to one workload. */
export interface SuppliedPart {
  /** The workload, by its name in the scenario. */
  readonly to: string;
  /** What says so, for the comment. */
  readonly origin: string;
  readonly trace: SuppliedTrace;
  /** CPU time of its requests: a distribution, as scenarios write it. */
  readonly serviceTime?: SuppliedText;
}

/** What is known beside the manifests. */
export interface ImportOptions {
  /** Name of the scenario; that of its workload, or `imported`, if left out. */
  readonly name?: string;
  /** Recorded traffic; without it and without `traffic` the scenario has a placeholder. */
  readonly trace?: SuppliedTrace;
  /** Instead of `trace`: recorded traffic that is shared out, a part a workload, all of the same duration; at least one. */
  readonly parts?: readonly SuppliedPart[];
  /** A generate section, as `{ constant: 50/s }`, instead of a trace. */
  readonly traffic?: SuppliedText;
  /** Workload that `trace` or `traffic` goes to, by its name in the scenario; the one that the outside reaches if left out. */
  readonly to?: string;
  /** CPU time of a request to that workload: a distribution, as scenarios write it. */
  readonly serviceTime?: SuppliedText;
  /** What else is known not to be used. */
  readonly unused?: readonly Unused[];
  /** Extensions that the scenario may name; the built-in ones if left out. */
  readonly registries?: Registries;
}
