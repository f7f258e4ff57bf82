import { CALL_FIELDS, CALLER } from './calls.js';
import type { OnBoard } from './on-board.js';
import { isDirect, type PlaneState } from './plane-state.js';
import { CALL, INTENDED, STATE, STRIDE, VISIT, type Visits } from './visits.js';

const { INTENDED_AT, PARENT, PRESENT } = CALL_FIELDS;

/** Counts them from what is on board, and in queues. */
export function countOnBoard(plane: PlaneState): OnBoard {
  const { requests, attempts } = countServed(plane);
  const jobs = plane.jobs?.onBoard();
  if (jobs === undefined) return { requests, attempts, overdue: 0 };
  return { requests: requests + jobs.requests, attempts: attempts + jobs.attempts, overdue: jobs.overdue };
}

function countServed({ visits }: PlaneState): { requests: number; attempts: number } {
  let requests = 0;
  let attempts = 0;
  for (let record = 0; record < visits.end; record += STRIDE) {
    const isCall = visits.ints[2 * record + PARENT] === CALLER.outside;
    if (!isCall && !isDirectVisit(visits, record)) continue;
    if (visits.reals[record + (isCall ? INTENDED_AT : INTENDED)] <= 0) continue;
    requests += 1;
    if (!isCall || visits.ints[2 * record + PRESENT] !== -1) attempts += 1;
  }
  return { requests, attempts };
}

function isDirectVisit({ ints }: Visits, record: number): boolean {
  return ints[2 * record + STATE] !== VISIT.none && isDirect(ints[2 * record + CALL]);
}
