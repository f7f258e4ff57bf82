import type { PlaneState } from './plane-state.js';
import { CPU } from './visits.js';
import type { WarmUp } from './warm-up.js';

/** Offers a visit to a station; a process that has not warmed up needs more CPU for it. False when its waiting line is full. */
export function offerWarming(plane: PlaneState, visit: number, station: number, warmUp: WarmUp | null): boolean {
  const { visits, board, processes, stations } = plane;
  if (warmUp === null) return stations[station].offer(visit);
  const process = processes[station];
  if (process !== null) {
    const factor = warmUp.factorAt(process, board.now);
    visits.reals[visit + CPU] *= factor;
    plane.cold?.boards(visit, factor, board.now);
  }
  const aboard = stations[station].offer(visit);
  if (aboard && process !== null) process.boarded += 1;
  return aboard;
}
