import { DepartureHeap } from './departure-heap.js';
import type { FcfsBank } from './fcfs-bank.js';
import { CELLS, HEAD, HELD, OFFSET, SIZE, WORKERS } from './fcfs-layout.js';
import { ARRIVED, CPU, NEXT, type Visits, WAIT } from './visits.js';

/**
 * When a worker of a station would take somebody who joined its line at `since`, if nobody else left the line before his turn and those who
 * hold a worker for calls held it for ever; Infinity means never. The station must have been settled up to the present instant `now`.
 */
export function fcfsTurn(bank: FcfsBank, visits: Visits, station: number, since: number, now: number): number {
  const { ints: cells } = bank;
  const at = station * CELLS;
  const ends = new DepartureHeap();
  const served = bank.serving(station).length;
  for (let i = 0; i < served; i += 1) ends.push(bank.heaps.keys[cells[at + OFFSET] + i], 0);
  const workers = cells[at + WORKERS] - cells[at + HELD];
  let turn = now;
  for (let visit = cells[at + HEAD]; ; visit = visits.ints[2 * visit + NEXT]) {
    while (ends.size > 0 && ends.size >= workers) {
      turn = Math.max(turn, ends.minKey);
      ends.pop();
    }
    if (workers <= 0) return Infinity;
    if (visit < 0 || visits.reals[visit + ARRIVED] > since) return turn;
    ends.push(Math.floor(turn + visits.reals[visit + CPU] + visits.reals[visit + WAIT] + 0.5), 0);
  }
}

/** Visits in a station's line who joined it no later than `since`. */
export function fcfsAhead(bank: FcfsBank, visits: Visits, station: number, since: number): number {
  let count = 0;
  let visit = bank.ints[station * CELLS + HEAD];
  while (visit >= 0 && visits.reals[visit + ARRIVED] <= since) {
    count += 1;
    visit = visits.ints[2 * visit + NEXT];
  }
  return count;
}

/** Whether a station has a worker to spare. */
export function fcfsHasWorker(bank: FcfsBank, station: number): boolean {
  const at = station * CELLS;
  return bank.ints[at + SIZE] + bank.ints[at + HELD] < bank.ints[at + WORKERS];
}
