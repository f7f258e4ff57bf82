import { type Micros, micros } from '../../kernel/micros.js';
import { HORIZON, type StationBoard } from './station-board.js';

interface InFlightLimit {
  readonly most: number;
  readonly exceeded: (at: Micros) => void;
}

/**
 * Watches over stations that may have only so many visits on board; the request path stops at the instant at which one has more.
 *
 * The horizon comes nearer then. What was foretold at other stations up to the old one stays true: all that can follow before it concerns
 * the pod that is killed, whose own station is never lazy.
 */
export class InFlightLimits {
  private readonly limits = new Map<number, InFlightLimit>();

  constructor(private readonly board: StationBoard) {}

  /** Sets the limit of a station, in place of an earlier one. */
  set(station: number, most: number, exceeded: (at: Micros) => void): void {
    this.limits.set(station, { most, exceeded });
  }

  /** Nobody watches a station any more. */
  lift(station: number): void {
    this.limits.delete(station);
  }

  /** A station's load has changed. */
  changed(station: number): void {
    const limit = this.limits.get(station);
    if (limit === undefined || this.board.inFlight[station] <= limit.most) return;
    this.limits.delete(station);
    const { clock } = this.board;
    clock[HORIZON] = clock[0];
    limit.exceeded(micros(clock[0]));
  }
}
