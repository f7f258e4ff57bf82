import type { CollectorName } from './jvm-spec.js';

/** What sets one collector apart from another, as far as its cost goes. */
export interface CollectorHabits {
  /** Share of the tracing of the whole heap for which the program stands still. */
  readonly stoppedShare: number;
  /** It collects with one thread, whatever processors there are. */
  readonly oneThread: boolean;
  readonly generations: boolean;
}

/**
 * Habits of HotSpot's collectors.
 *
 * Serial and Parallel stop the program for the whole of a collection. G1 marks beside the program and stops it to copy: its work is taken to be
 * half of each, a judgement and not a measurement. ZGC of JDK 21 without generations does all that grows with the heap beside the program.
 * Source: HotSpot Virtual Machine Garbage Collection Tuning Guide, Release 21, available collectors; Detlefs, Flood, Heller, Printezis:
 * Garbage-First Garbage Collection, ISMM 2004.
 */
export const collectorHabits: Readonly<Record<CollectorName, CollectorHabits>> = {
  Serial: { stoppedShare: 1, oneThread: true, generations: true },
  Parallel: { stoppedShare: 1, oneThread: false, generations: true },
  G1: { stoppedShare: 0.5, oneThread: false, generations: true },
  ZGC: { stoppedShare: 0, oneThread: false, generations: false },
};
