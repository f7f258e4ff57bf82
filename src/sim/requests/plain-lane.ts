import type { FcfsBank } from './fcfs-bank.js';
import { FORETOLD, REFUSED } from './fcfs-layout.js';
import { OUTCOME, type Outcome } from './outcome.js';
import { LISTENER, OUTSIDE, type PlaneState } from './plane-state.js';
import { BLOCK, type TrafficSource } from './traffic-source.js';
import { CALL, CPU, INTENDED, OPERATION, WAIT } from './visits.js';

/**
 * Written for speed: the whole request loop of a run whose only events are the arrivals of one source at stations that serve first come
 * first served, none of which anybody needs to complete on the dot.
 * It means: `while (source.nextAt <= to) arrivePlain(source)`, with what does not change inside held in locals.
 */
export class PlainLane {
  /** A handle that is not in use: most requests leave it as it is. */
  private spare = -1;

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
    const { instants, cpu, wait, picks, operations, salt, chooser } = source;
    const { clock } = board;
    const front = fronts[operations[0].front];
    if (this.spare < 0) this.spare = visits.take();
    let { spare } = this;
    let count = 0;
    for (let at = instants[source.cursor]; at <= to; at = instants[source.cursor]) {
      const { cursor } = source;
      const { reals, ints } = visits;
      clock[0] = at;
      count += 1;
      reals[spare + INTENDED] = at;
      reals[spare + CPU] = cpu[cursor];
      reals[spare + WAIT] = wait[cursor];
      ints[2 * spare + CALL] = LISTENER.plain;
      ints[2 * spare + OPERATION] = operations[picks[cursor]].id;
      const station = chooser.choose(source.first + cursor, salt, OUTSIDE);
      source.cursor = cursor + 1;
      if (cursor + 1 === BLOCK) source.refill();
      if (this.boarded(spare, station) !== FORETOLD) spare = visits.take();
    }
    this.spare = spare;
    recorder.offerDirect(count);
    front.tally.offered += count;
  }

  /** What becomes of a visit at a station; its handle is in use afterwards, or has been given back, unless it was foretold. */
  private boarded(visit: number, station: number): number {
    const { board } = this.plane;
    const speed = station < 0 ? 0 : board.speed[station];
    if (speed === 0) return this.refused(visit, this.plane.processes[station]?.refusal ?? OUTCOME.rejected);
    if (speed !== 1) this.plane.visits.reals[visit + CPU] /= speed;
    if (board.nextAt[station] <= board.clock[0]) this.bank.settle(station);
    const fate = this.bank.take(station, visit);
    return fate === REFUSED ? this.refused(visit, OUTCOME.rejected) : fate;
  }

  private refused(visit: number, outcome: Outcome): number {
    this.refuse(visit, outcome);
    return REFUSED;
  }
}
