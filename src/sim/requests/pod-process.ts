import type { Micros } from '../../kernel/micros.js';
import type { CutCause, ProcessPort } from '../data-plane.js';
import { ActiveFactors } from '../faults/active-factors.js';
import { OUTCOME, type Outcome } from './outcome.js';
import type { StationBoard } from './station-board.js';
import type { Station } from './station.js';

/** What a process asks of the request path. */
export interface ProcessHost {
  readonly board: StationBoard;
  /** Everything on board of a process fails. */
  cutStation(station: number, outcome: Outcome): void;
  /** A station's load or next completion has changed. */
  stationChanged(station: number): void;
}

/** A pod's process: its station, and whether it listens. */
export class PodProcess implements ProcessPort {
  readyAt = Infinity;
  private gone: CutCause = 'failure';
  private readonly sound = new ActiveFactors();

  constructor(
    readonly ordinal: number,
    readonly speed: number,
    readonly station: Station,
    private readonly host: ProcessHost,
  ) {}

  /** How an attempt ends that is sent here while nobody listens. */
  get refusal(): Outcome {
    return this.gone === 'scaling' ? OUTCOME.refusedByScaling : OUTCOME.refusedByFailure;
  }

  /** Share of its requests that it answers with an error. */
  get errorShare(): number {
    return 1 - this.sound.product;
  }

  get listening(): boolean {
    return this.host.board.speed[this.station.index] > 0;
  }

  listen(accepting: boolean): void {
    this.host.board.speed[this.station.index] = accepting ? this.speed : 0;
    this.gone = 'scaling';
  }

  cut(cause: CutCause): void {
    this.host.board.speed[this.station.index] = 0;
    this.gone = cause;
    this.settled();
    this.host.cutStation(this.station.index, cause === 'scaling' ? OUTCOME.cutByScaling : OUTCOME.cutByFailure);
  }

  inFlight(): number {
    this.settled();
    return this.host.board.inFlight[this.station.index];
  }

  queued(): number {
    return this.settled().queued;
  }

  cpuMicros(): number {
    return this.settled().cpuMicros();
  }

  loseCapacity(share: number): void {
    this.settled().loseCapacity(share);
    this.host.stationChanged(this.station.index);
  }

  answerErrors(share: number, by: 1 | -1): void {
    this.sound.change(1 - share, by);
  }

  markReady(at: Micros): void {
    this.readyAt = at;
  }

  private settled(): Station {
    this.station.settle();
    return this.station;
  }
}
