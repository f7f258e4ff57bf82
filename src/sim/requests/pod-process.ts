import { cpuWeight } from '../../domain/cpu-weight.js';
import type { PodSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { CollectorPort, CutCause, PodAnswers, ProbePort, ProcessPort, ResponseCounters } from '../data-plane.js';
import { ActiveFactors } from '../faults/active-factors.js';
import { OUTCOME, type Outcome } from './outcome.js';
import type { RingOfPods } from './cache-ring.js';
import { CollectingStation } from './collecting-station.js';
import { ProcessCollector } from './process-collector.js';
import type { ConsumerWatch } from './job-port.js';
import type { ProbeWork } from './probe-desk.js';
import type { ResponseMeter } from './response-meter.js';
import type { StationBoard } from './station-board.js';
import type { Station } from './station.js';
import type { SteadyLoad } from './steady-load.js';

/** What a process asks of the request path. */
export interface ProcessHost {
  readonly board: StationBoard;
  /** Everything on board of a process fails. */
  cutStation(station: number, outcome: Outcome): void;
  /** A station's load or next completion has changed. */
  stationChanged(station: number): void;
}

/** Who looks on at processes. */
export interface ProcessWatches {
  readonly probes: { ask(station: number, work: ProbeWork): ProbePort; gone(station: number): void };
  readonly limits: {
    set(station: number, most: number, exceeded: (at: Micros) => void): void;
    lift(station: number): void;
  };
  readonly ring: RingOfPods;
  /** Null where the processes take no jobs from a queue. */
  readonly consumer: ConsumerWatch | null;
}

/** What a process has of its own beside. */
export interface ProcessParts extends ProcessWatches {
  /** What it uses while it starts up. */
  readonly ownLoad: SteadyLoad;
  /** What balancers that weigh endpoints by CPU speed weigh it with. */
  readonly weight: number;
  /** What counts its answers where somebody asks; otherwise null. */
  readonly meter: ResponseMeter | null;
  /** What balancers count; null where they do not. */
  readonly answers: { of(station: number): PodAnswers } | null;
}

/** A pod's process: its station, and whether it listens. */
export class PodProcess implements ProcessPort {
  readonly collector: CollectorPort | undefined;
  readyAt = Infinity;
  /** Requests taken on board, where its workload warms up. */
  boarded = 0;
  readonly responses?: () => ResponseCounters;
  readonly answers?: () => PodAnswers;
  /** CPU time that answering probes has taken, in microseconds. */
  probedMicros = 0;
  private readonly openedAt: number;
  private gone: CutCause = 'failure';
  private readonly sound = new ActiveFactors();

  constructor(
    readonly ordinal: number,
    /** CPU speed of its node, over how many times its CPU a request takes here. */
    readonly speed: number,
    readonly station: Station,
    private readonly host: ProcessHost,
    private readonly parts: ProcessParts,
  ) {
    this.openedAt = host.board.now;
    if (station instanceof CollectingStation) this.collector = new ProcessCollector(station, host);
    const { answers, meter } = parts;
    if (meter !== null) this.responses = () => meter.of(station.index);
    if (answers !== null) this.answers = () => answers.of(station.index);
  }

  get weight(): number {
    return this.parts.weight;
  }

  /** It counts as ready since before it was opened: it was there before the run. */
  get warm(): boolean {
    return this.readyAt < this.openedAt;
  }

  /** How an attempt ends that is sent here while nobody listens. */
  get refusal(): Outcome {
    return REFUSED[this.gone];
  }

  /** Share of its requests that it answers with an error. */
  get errorShare(): number {
    return 1 - this.sound.product;
  }

  get listening(): boolean {
    return this.host.board.speed[this.station.index] > 0;
  }

  listen(accepting: boolean, cause: CutCause = 'scaling'): void {
    const { listening } = this;
    this.host.board.speed[this.station.index] = accepting ? this.speed : 0;
    this.gone = cause;
    if (accepting !== listening) this.tellOthers(accepting);
  }

  cut(cause: CutCause): void {
    this.listen(false);
    this.gone = cause;
    this.parts.ownLoad.use(0);
    this.settled();
    this.parts.probes.gone(this.station.index);
    this.parts.limits.lift(this.station.index);
    this.host.cutStation(this.station.index, CUT[cause]);
  }

  inFlight(): number {
    this.settled();
    return this.host.board.inFlight[this.station.index];
  }

  queued(): number {
    return this.settled().queued;
  }

  cpuMicros(): number {
    const station = this.settled();
    const beside = station.errand === undefined ? this.probedMicros : 0;
    return station.cpuMicros() + this.parts.ownLoad.usedMicros() + beside;
  }

  servedMicros(): number {
    return this.settled().servedMicros();
  }

  startUp(cores: number): void {
    this.parts.ownLoad.use(cores);
  }

  /** CPU time that starting up has taken so far, in microseconds. */
  startUpMicros(): number {
    return this.parts.ownLoad.usedMicros();
  }

  resize(spec: PodSpec): void {
    this.settled().resupply?.(spec);
    this.parts.ownLoad.weigh(cpuWeight(spec.cpuRequestMillis ?? 0));
    this.host.stationChanged(this.station.index);
  }

  loseCapacity(share: number): void {
    this.settled().loseCapacity(share);
    this.host.stationChanged(this.station.index);
  }

  probe(cpuMicros = 0): ProbePort {
    const micros = Math.ceil(cpuMicros / this.parts.weight);
    const spent = (): void => {
      this.probedMicros += micros;
    };
    return this.parts.probes.ask(this.settled().index, { micros, spent });
  }

  limitInFlight(most: number, exceeded: (at: Micros) => void): void {
    this.parts.limits.set(this.station.index, most, exceeded);
  }

  answerErrors(share: number, by: 1 | -1): void {
    this.sound.change(1 - share, by);
  }

  markReady(at: Micros): void {
    this.readyAt = at;
  }

  private tellOthers(accepting: boolean): void {
    const { ring, consumer } = this.parts;
    if (accepting) ring.joined();
    else ring.left();
    if (accepting) consumer?.opened(this.station.index);
    else consumer?.closed(this.station.index);
  }

  private settled(): Station {
    this.station.settle();
    return this.station;
  }
}

const REFUSED: Readonly<Record<CutCause, Outcome>> = {
  scaling: OUTCOME.refusedByScaling,
  rollout: OUTCOME.refusedByRollout,
  eviction: OUTCOME.refusedByEviction,
  preemption: OUTCOME.refusedByPreemption,
  failure: OUTCOME.refusedByFailure,
};

const CUT: Readonly<Record<CutCause, Outcome>> = {
  scaling: OUTCOME.cutByScaling,
  rollout: OUTCOME.cutByRollout,
  eviction: OUTCOME.cutByEviction,
  preemption: OUTCOME.cutByPreemption,
  failure: OUTCOME.cutByFailure,
};
