import type { Fact } from '../domain/fact.js';
import type { Timeline } from '../kernel/timeline.js';

/** What every part of the simulated control plane needs: the clock, and where facts go. */
export interface SimContext {
  readonly timeline: Timeline;
  /** Tells the engine; whatever it commands takes effect in the effects phase of the same instant, never inside this call. */
  readonly emit: (fact: Fact) => void;
}
