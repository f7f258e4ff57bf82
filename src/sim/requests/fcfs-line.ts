import { HEAD, TAIL, WAITING } from './fcfs-layout.js';
import { NEXT, PREVIOUS } from './visits.js';

/** Puts a visit at the end of a station's waiting line, which runs through the visits. `at` is where the station's integers begin. */
export function enqueue(cells: Int32Array, at: number, visits: Int32Array, visit: number): void {
  const tail = cells[at + TAIL];
  visits[2 * visit + NEXT] = -1;
  visits[2 * visit + PREVIOUS] = tail;
  if (tail >= 0) visits[2 * tail + NEXT] = visit;
  else cells[at + HEAD] = visit;
  cells[at + TAIL] = visit;
  cells[at + WAITING] += 1;
}

/** Takes the first out of a station's waiting line, which must not be empty. */
export function dequeue(cells: Int32Array, at: number, visits: Int32Array): number {
  const visit = cells[at + HEAD];
  const after = visits[2 * visit + NEXT];
  cells[at + HEAD] = after;
  if (after >= 0) visits[2 * after + PREVIOUS] = -1;
  else cells[at + TAIL] = -1;
  cells[at + WAITING] -= 1;
  return visit;
}

/** Takes a visit out of a station's waiting line, wherever in it. */
export function unqueue(cells: Int32Array, at: number, visits: Int32Array, visit: number): void {
  const before = visits[2 * visit + PREVIOUS];
  const after = visits[2 * visit + NEXT];
  if (before >= 0) visits[2 * before + NEXT] = after;
  else cells[at + HEAD] = after;
  if (after >= 0) visits[2 * after + PREVIOUS] = before;
  else cells[at + TAIL] = before;
  cells[at + WAITING] -= 1;
}
