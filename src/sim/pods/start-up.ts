import { type Micros, micros } from '../../kernel/micros.js';
import type { ProcessPort } from '../data-plane.js';

/** A process that uses CPU until it listens. */
export interface StartUp {
  readonly process: ProcessPort;
  readonly cores: number;
  /** How long it takes when all its CPU is there. */
  readonly lengthMicros: Micros;
  /** Does something so much later, unless the container is gone by then. */
  readonly later: (delay: Micros, step: (at: Micros) => void) => void;
  /** It has what it needs. */
  readonly through: (at: Micros) => void;
}

/** A start that could be over within this time, in microseconds, counts as over. */
const LACKING = 1000;

/**
 * Starts a process up, which takes as long as it needs for its CPU time: on a full node longer than elsewhere. It is looked at when it could be
 * through at the earliest, again and again, so that it is late by no more than a millisecond.
 */
export function startUp({ process, cores, lengthMicros, later, through }: StartUp): void {
  const look = (at: Micros): void => {
    const lacking = cores * lengthMicros - process.cpuMicros();
    if (lacking > LACKING * cores) {
      later(micros(Math.ceil(lacking / cores)), look);
      return;
    }
    process.startUp(0);
    through(at);
  };
  process.startUp(cores);
  later(lengthMicros, look);
}
