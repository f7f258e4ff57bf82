import { StationBoard } from '../requests/station-board.js';
import { StepColumns } from '../requests/step-columns.js';
import { wider } from '../requests/visits.js';

/** Why a connection was closed; found out when it is used next. */
export type ClosingReason = 'age' | 'requests' | 'pod' | 'client';

/** What a balancer per connection knows: how many connections are open to each endpoint, and what passed over them. */
export class ConnectionLedger {
  /** Open connections stand where a balancer per request would read the requests on board. */
  readonly board = new StationBoard();
  readonly columns = new StepColumns(['connections', 'connectionsOpened', 'connectionsClosedByPods', 'podsReached']);
  private open = 0;
  private openedInStep = 0;
  private closedByPods = 0;
  private reached = 0;
  /** Step in which each station was last sent a request. */
  private reachedIn = new Int32Array(64).fill(-1);
  private step = 0;

  constructor(
    /** Must follow every change of a station's connections. */
    private readonly loadChanged: (station: number) => void,
  ) {}

  /** A station that connections may be opened to from now on. */
  know(station: number): void {
    while (this.board.stations <= station) this.board.enter();
  }

  opened(station: number): void {
    this.board.inFlight[station] += 1;
    this.open += 1;
    this.openedInStep += 1;
    this.loadChanged(station);
  }

  closed(station: number, reason: ClosingReason): void {
    this.board.inFlight[station] -= 1;
    this.open -= 1;
    if (reason === 'pod') this.closedByPods += 1;
    this.loadChanged(station);
  }

  /** A request is sent to a station over a connection. */
  used(station: number): void {
    while (this.reachedIn.length <= station) {
      this.reachedIn = wider(this.reachedIn, new Int32Array(this.reachedIn.length * 2).fill(-1));
    }
    if (this.reachedIn[station] === this.step) return;
    this.reachedIn[station] = this.step;
    this.reached += 1;
  }

  /** Appends a row. */
  closeStep(): void {
    this.columns.append([this.open, this.openedInStep, this.closedByPods, this.reached]);
    this.openedInStep = 0;
    this.closedByPods = 0;
    this.reached = 0;
    this.step += 1;
  }
}
