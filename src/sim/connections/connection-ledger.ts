import { StepColumns } from '../requests/step-columns.js';
import { wider } from '../requests/visits.js';

/** Why a connection was closed; found out when it is used next. */
export type ClosingReason = 'age' | 'requests' | 'pod' | 'client';

/** The balancers that connections are opened through: see BalancerFleet. */
export interface Balancers {
  /** Position of the one that chose last. */
  readonly last: number;
  readonly instances: readonly { count(station: number, by: 1 | -1): void }[];
}

/** What a balancer per connection knows: how many connections are open to each endpoint, and what passed over them. */
export class ConnectionLedger {
  readonly columns = new StepColumns(['connections', 'connectionsOpened', 'connectionsClosedByPods', 'podsReached']);
  private open = 0;
  private openedInStep = 0;
  private closedByPods = 0;
  private reached = 0;
  /** Step in which each station was last sent a request. */
  private reachedIn = new Int32Array(1024).fill(-1);
  private step = 0;

  constructor(
    /** Each counts the connections opened through it: they stand where a balancer per request would read the requests on board. */
    private readonly balancers: Balancers,
  ) {}

  /** A connection is opened to the station of the last choice; returns the position of the balancer it goes through. */
  opened(station: number): number {
    const { last, instances } = this.balancers;
    this.open += 1;
    this.openedInStep += 1;
    instances[last].count(station, 1);
    return last;
  }

  closed(station: number, balancer: number, reason: ClosingReason): void {
    this.open -= 1;
    if (reason === 'pod') this.closedByPods += 1;
    this.balancers.instances[balancer].count(station, -1);
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
