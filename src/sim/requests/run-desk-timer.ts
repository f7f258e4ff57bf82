import type { PlaneState } from './plane-state.js';
import { TIMER } from './timer-phase.js';

/** Carries out a timer that callers have no part in, of an activator or of queues; false where it is a caller's. */
export function runDeskTimer({ activation, jobs }: PlaneState, phase: number, token: number): boolean {
  if (phase === TIMER.activator) activation?.runNext(token);
  else if (phase >= TIMER.jobVisible) jobs?.turn(phase, token);
  else return false;
  return true;
}
