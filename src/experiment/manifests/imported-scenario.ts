import type { Severity, Topic } from './topics.js';

/** Something that the manifests could not say. */
export interface Note {
  readonly severity: Severity;
  readonly topic: Topic;
  /** Paths of the scenario where something was put in its place; empty where nothing could be. */
  readonly paths: readonly string[];
  /** What is unknown and what stands there instead, without a full stop. */
  readonly text: string;
  /** How to find out, without a full stop. */
  readonly measure: string;
}

/** Something that the manifests say and this version does not use. */
export interface Unused {
  /** File and line of the first, as `pdb.yaml:1`. */
  readonly place: string;
  /** What it is, as `PodDisruptionBudget web: minAvailable 2`. */
  readonly what: string;
  /** Why not, as `not simulated yet`. */
  readonly why: string;
}

/** A scenario made from manifests. */
export interface ImportedScenario {
  /** The YAML text, with comments; it passes the schema of scenarios. */
  readonly text: string;
  /** What the manifests could not say, most important first. */
  readonly notes: readonly Note[];
  readonly unused: readonly Unused[];
  /** Where supplied traffic goes; null where there is only a placeholder. */
  readonly target: Target | null;
}

/** The workload that supplied traffic goes to. */
export interface Target {
  readonly to: string;
  /** All that it may be as well, itself among them; empty where it is no guess. */
  readonly candidates: readonly string[];
}
