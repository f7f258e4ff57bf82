import type { FcfsBank } from './fcfs-bank.js';
import { OUTCOME, type Outcome } from './outcome.js';
import { LISTENER, type PlaneState } from './plane-state.js';
import { BLOCK, type TrafficSource } from './traffic-source.js';
import { CALL, CPU, INTENDED, OPERATION, WAIT } from './visits.js';

/**
 * Written for speed: the whole request loop of a run whose only events are the arrivals of one source at stations that serve first come
 * first served, none of which anybody needs to complete on the dot.
 * It means: `while (source.nextAt <= to) arrivePlain(source)`, with what does not change inside held in locals.
 */
export class PlainLane {
  constructor(
    private readonly plane: PlaneState,
    private readonly bank: FcfsBank,
    private readonly refuse: (visit: number, outcome: Outcome) => void,
  ) {}

  /** Whether a source's requests can go this way. */
  runs(source: TrafficSource): boolean {
    const front = this.plane.fronts[source.operations[0].front];
    return front.fcfs && this.plane.observer === null;
  }

  /** Carries the source's requests through, up to and including `to`. */
  advance(source: TrafficSource, to: number): void {
    const { board, visits, fronts, recorder } = this.plane;
    const { bank } = this;
    const { instants, cpu, wait, picks, operations, salt } = source;
    const { clock } = board;
    const front = fronts[operations[0].front];
    let count = 0;
    for (let at = instants[source.cursor]; at <= to; at = instants[source.cursor]) {
      const { cursor } = source;
      const visit = visits.take();
      const { reals, ints } = visits;
      clock[0] = at;
      count += 1;
      reals[visit + INTENDED] = at;
      reals[visit + CPU] = cpu[cursor];
      reals[visit + WAIT] = wait[cursor];
      ints[2 * visit + CALL] = LISTENER.plain;
      ints[2 * visit + OPERATION] = operations[picks[cursor]].id;
      const station = front.choose(source.first + cursor, salt);
      source.cursor = cursor + 1;
      if (cursor + 1 === BLOCK) source.refill();
      if (station < 0 || board.speed[station] !== 1) this.board(visit, station);
      else {
        if (board.nextAt[station] <= at) bank.settle(station);
        if (!bank.offer(station, visit)) this.refuse(visit, OUTCOME.rejected);
      }
    }
    recorder.offerDirect(count);
    front.tally.offered += count;
  }

  /** Boards a visit where something is out of the ordinary: no endpoint, nobody listening, another speed. */
  private board(visit: number, station: number): void {
    const { board, processes, visits } = this.plane;
    const speed = station < 0 ? 0 : board.speed[station];
    if (speed === 0) {
      this.refuse(visit, processes[station]?.refusal ?? OUTCOME.rejected);
      return;
    }
    visits.reals[visit + CPU] /= speed;
    this.bank.settle(station);
    if (!this.bank.offer(station, visit)) this.refuse(visit, OUTCOME.rejected);
  }
}
