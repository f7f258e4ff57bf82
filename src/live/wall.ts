import type { Micros } from '../kernel/micros.js';

/** The real world's clock on the run's own scale: instant zero is the run's. Injected, so that nothing below the command line reads a clock. */
export interface Wall {
  /** The present instant. */
  now(): Micros;
  /** Resolves at an instant (at once when it is past), or rejects with the signal's reason when that is aborted. */
  sleepUntil(instant: Micros, signal: AbortSignal): Promise<void>;
}
