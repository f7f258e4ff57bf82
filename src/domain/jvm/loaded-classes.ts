/** Classes that a process could load, by where they come from. */
export interface ClassCounts {
  readonly jvm: number;
  readonly application: number;
  readonly agents: number;
  /** Added by hand. */
  readonly fixed: number;
}

/** Share of the classes there are that are loaded, by Paketo's experience. */
const loadFactor = 0.35;

/** How many classes Paketo expects to be loaded; `adjustment` is a factor, 1 by default. Source: Paketo, memory_calculator.go. */
export function loadedClasses({ jvm, application, agents, fixed }: ClassCounts, adjustment = 1): number {
  return Math.trunc((jvm + application + agents + fixed) * adjustment * loadFactor);
}
