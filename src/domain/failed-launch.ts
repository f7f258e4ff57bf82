import type { Micros } from '../kernel/micros.js';

/** A machine that was asked for and never took its place. */
export interface FailedLaunch {
  readonly node: string;
  readonly pool: string;
  readonly instanceType: string;
  /** When the provider refused it, or, of one that never came up, when it began to run. */
  readonly at: Micros;
  readonly cause: 'refused' | 'neverUp';
}
