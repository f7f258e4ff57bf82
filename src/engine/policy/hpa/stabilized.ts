import type { Micros } from '../../../kernel/micros.js';
import type { Recommendation } from './hpa-state.js';

/** What held a recommendation: which window, and which earlier recommendation in it. */
export interface Hold {
  readonly direction: 'up' | 'down';
  readonly windowMicros: Micros;
  readonly held: Recommendation;
}

/** A recommendation after the windows looked at it, and the log with the new one written down. */
export interface Stabilized {
  readonly replicas: number;
  readonly log: readonly Recommendation[];
  /** Null when nothing held it. */
  readonly hold: Hold | null;
}
