import { CALL_FIELDS, CALLER } from './calls.js';
import type { OnBoard } from './on-board.js';
import { isDirect, type PlaneState } from './plane-state.js';
import { CALL, INTENDED, STATE, STRIDE, VISIT } from './visits.js';

const { INTENDED_AT, PARENT, PRESENT } = CALL_FIELDS;

/** Counts them from what is on board, and in queues. */
export function countOnBoard(plane: PlaneState): OnBoard {
  const { requests, attempts } = countServed(plane);
  const jobs = plane.jobs?.onBoard();
  if (jobs === undefined) return { requests, attempts, overdue: 0 };
  return { requests: requests + jobs.requests, attempts: attempts + jobs.attempts, overdue: jobs.overdue };
}

function countServed({ calls, visits }: PlaneState): { requests: number; attempts: number } {
  let requests = 0;
  let attempts = 0;
  for (let call = 0; call < calls.end; call += CALL_FIELDS.STRIDE) {
    if (calls.ints[2 * call + PARENT] !== CALLER.outside || calls.reals[call + INTENDED_AT] <= 0) continue;
    requests += 1;
    if (calls.ints[2 * call + PRESENT] !== -1) attempts += 1;
  }
  for (let visit = 0; visit < visits.end; visit += STRIDE) {
    if (visits.ints[2 * visit + STATE] === VISIT.none || !isDirect(visits.ints[2 * visit + CALL])) continue;
    if (visits.reals[visit + INTENDED] <= 0) continue;
    requests += 1;
    attempts += 1;
  }
  return { requests, attempts };
}
