import type { RequestTotals, VisitTotals } from '../../domain/measurement.js';
import type { QueueTotals } from '../../domain/queue-totals.js';
import type { SeriesTable } from '../../domain/run-result.js';
import type { Micros } from '../../kernel/micros.js';
import type { DataPlane, DependencyPort, NodeCpuPort, WorkloadPort } from '../data-plane.js';
import { Attempts } from './attempts.js';
import { closeBooks } from './close-books.js';
import { earliestSource } from './earliest-source.js';
import { OUTCOME, type Outcome } from './outcome.js';
import { countOnBoard } from './count-on-board.js';
import type { FcfsBank } from './fcfs-bank.js';
import { dependencyNamed, workloadNamed } from './named-front.js';
import { NodeCpu } from './node-cpu.js';
import { PlainLane } from './plain-lane.js';
import { LISTENER, OUTSIDE, type PlaneState } from './plane-state.js';
import type { ProcessHost } from './pod-process.js';
import { requestTables } from './request-tables.js';
import { SlotQueue } from './slot-queue.js';
import { HORIZON, type StationBoard } from './station-board.js';
import type { CompletionSink } from './station.js';
import type { TrafficSource } from './traffic-source.js';
import { FIELDS } from './visits.js';

const { CALL, CPU, ENDS, HOP, INTENDED, OPERATION, ORDINAL, WAIT } = FIELDS;

/** The exact request path with its measurements. */
export interface ExactPlane extends DataPlane {
  /** Settles everything up to `at`, the instant reached, and appends a row of the series. */
  closeStep(at: Micros): void;
  /** The warm-up is over: totals of visits start here. Totals of logical requests go by their intended arrival. */
  startCounting(): void;
  totals(): RequestTotals;
  visits(): Record<string, VisitTotals>;
  /** Of every queue, by name. */
  queues(): Record<string, QueueTotals>;
  /** Request columns of the service, the workloads and the dependencies. */
  tables(): SeriesTable[];
}

/**
 * Written for speed: `advance` carries every request of the run.
 * It means: of the next completion, the next time-out or retry, and the next arrival, in this order at one instant, carry out the earliest.
 *
 * Where no one needs the instant of a completion, stations are not in the index, and a request costs one arrival, one look at a balancer
 * and one heap operation at a pod, however many pods there are.
 */
export class RequestPlane implements ExactPlane, CompletionSink, ProcessHost {
  readonly board: StationBoard;
  readonly attempts: Attempts;
  private readonly sources: TrafficSource[] = [];
  /** Whether no request makes calls, times out or is tried again, and every station is lazy: then there are only arrivals. */
  private onlyArrivals = false;
  /** Calls answered, and visits whose calls begin: carried out when the station has finished settling. */
  private readonly answers = new SlotQueue();
  private readonly beginning = new SlotQueue();
  private stepStart = NaN;
  private plainLane: PlainLane | null = null;

  constructor(private readonly state: PlaneState) {
    this.board = state.board;
    this.attempts = new Attempts(state);
  }

  /** Where the stations that serve first come first served are kept. */
  useBank(bank: FcfsBank): void {
    this.plainLane = new PlainLane(this.state, bank, (visit, outcome) => this.refusePlain(visit, outcome));
  }

  /** Adds a stream of requests from outside; all must be there before the first `advance`. */
  addSource(source: TrafficSource): void {
    this.sources.push(source);
    this.onlyArrivals = this.sources.every(
      (one) => one.plain && one.sites.every((site) => this.state.fronts[site.operation.front].lazy),
    );
  }

  advance(from: Micros, to: Micros): void {
    if (Number.isNaN(this.stepStart)) this.stepStart = from;
    this.board.clock[HORIZON] = to;
    if (this.onlyArrivals) this.advanceArrivals(to);
    else this.advanceAll();
    this.board.clock[0] = this.board.clock[HORIZON];
  }

  completed(visit: number, station: number): boolean {
    const { visits } = this.state;
    const listener = visits.ints[2 * visit + CALL];
    if (listener === LISTENER.plain) {
      this.serveDirect(visit, 0);
      visits.release(visit);
      return false;
    }
    return this.completedWatched(visit, station, listener);
  }

  stationChanged(station: number): void {
    this.state.stationChanged(station);
  }

  cutStation(station: number, outcome: Outcome): void {
    for (const caller of this.state.callers) caller.callerGone(station);
    this.attempts.cutStation(station, outcome);
    this.state.stationChanged(station);
  }

  workload(name: string): WorkloadPort {
    return workloadNamed(this.state.fronts, name);
  }

  dependency(name: string): DependencyPort {
    return dependencyNamed(this.state.fronts, name);
  }

  node(cores: number): NodeCpuPort {
    return new NodeCpu(cores, this.board);
  }

  closeStep(at: Micros): void {
    const step = at - this.stepStart;
    this.stepStart = at;
    closeBooks(this.state, step);
  }

  startCounting(): void {
    for (const front of this.state.fronts) front.tally.startCounting();
    this.state.recorder.startCounting();
  }

  totals(): RequestTotals {
    return this.state.recorder.totals(countOnBoard(this.state));
  }

  visits(): Record<string, VisitTotals> {
    return Object.fromEntries(this.state.fronts.map((front) => [front.name, front.tally.totals()]));
  }

  queues(): Record<string, QueueTotals> {
    return this.state.jobs?.totals() ?? {};
  }

  tables(): SeriesTable[] {
    return requestTables(this.state);
  }

  private advanceArrivals(to: number): void {
    const { clock } = this.board;
    const { sources } = this;
    if (sources.length === 1 && this.plainLane?.runs(sources[0]) === true) {
      this.plainLane.advance(sources[0], to);
      return;
    }
    for (;;) {
      const source = earliestSource(this.sources);
      const at = source.instants[source.cursor];
      if (at > to) return;
      clock[0] = at;
      this.arrivePlain(source);
    }
  }

  /** Up to the horizon, which comes nearer when a limit is exceeded. */
  private advanceAll(): void {
    const { clock } = this.board;
    for (;;) {
      const source = earliestSource(this.sources);
      const arrival = source.instants[source.cursor];
      this.advanceUntil(arrival);
      if (arrival > clock[HORIZON]) return;
      clock[0] = arrival;
      this.arrive(source);
    }
  }

  /** Completions, time-outs and retries up to the next arrival or the horizon. */
  private advanceUntil(arrival: number): void {
    const { due } = this.attempts;
    const { clock } = this.board;
    const completions = this.state.index.due;
    for (;;) {
      const completion = completions[0];
      const timer = due[0];
      const next = completion <= timer ? completion : timer;
      if (next > arrival || next > clock[HORIZON]) return;
      clock[0] = next;
      if (completion <= timer) this.complete(this.state.index.first);
      else this.attempts.runNext();
    }
  }

  private arrive(source: TrafficSource): void {
    const site = source.sites[source.picks[source.cursor]];
    if (!site.needsCaller && this.state.fronts[site.operation.front].lazy) {
      this.arrivePlain(source);
      return;
    }
    const { ordinal, hop } = source;
    source.advance();
    if (site.needsCaller) {
      this.state.recorder.offer();
      this.attempts.callFromOutside(site, ordinal, hop);
    } else {
      this.state.recorder.offerDirect(1);
      this.attempts.visitFromOutside(site, ordinal, hop, source.salt);
    }
  }

  /** The same as `visitFromOutside` at a lazy front, its demands already drawn. */
  private arrivePlain(source: TrafficSource): void {
    const { visits, recorder, board, observer } = this.state;
    const { cursor } = source;
    const operation = source.operations[source.picks[cursor]];
    const visit = visits.take();
    const { reals, ints } = visits;
    ints[2 * visit + OPERATION] = operation.id;
    ints[2 * visit + CALL] = LISTENER.plain;
    reals[visit + INTENDED] = board.clock[0];
    reals[visit + CPU] = source.cpu[cursor];
    reals[visit + WAIT] = source.wait[cursor];
    if (observer !== null) this.markObserved(visit, source);
    recorder.offerDirect(1);
    operation.tally.offered += 1;
    const station = source.chooser.choose(source.ordinal, source.salt, OUTSIDE);
    source.advance();
    const refused = station < 0 ? OUTCOME.rejected : this.boardLazily(visit, station);
    if (refused !== OUTCOME.served) this.refusePlain(visit, refused);
  }

  private markObserved(visit: number, source: TrafficSource): void {
    const { reals, ints } = this.state.visits;
    ints[2 * visit + CALL] = LISTENER.direct;
    reals[visit + ORDINAL] = source.ordinal;
    ints[2 * visit + HOP] = source.hop;
    this.state.cold?.begin(visit);
  }

  private boardLazily(visit: number, station: number): Outcome {
    const { board, stations, processes, visits } = this.state;
    const speed = board.speed[station];
    if (speed === 0) return processes[station]?.refusal ?? OUTCOME.rejected;
    if (speed !== 1) visits.reals[visit + CPU] /= speed;
    if (board.nextAt[station] <= board.clock[0]) stations[station].settle();
    return stations[station].offer(visit) ? OUTCOME.served : OUTCOME.rejected;
  }

  private completedWatched(visit: number, station: number, listener: number): boolean {
    const { visits, operations, recorder, cold } = this.state;
    if (cold !== null) cold.worked(visit);
    const { groups, ends } = operations[visits.ints[2 * visit + OPERATION]];
    if (groups.length > 0) {
      this.beginning.push(visit);
      return true;
    }
    if (ends !== null) ends.ended(visit, station, OUTCOME.served, listener !== LISTENER.nobody);
    if (listener >= 0) {
      if (cold !== null) cold.answers(visit, listener);
      this.answers.push(listener);
    } else if (listener === LISTENER.nobody) recorder.waste(visits.reals[visit + CPU]);
    else {
      this.serveDirect(visit, cold === null ? 0 : cold.keptBy(visit));
      this.observe(visit);
    }
    visits.release(visit);
    return false;
  }

  private serveDirect(visit: number, kept: number): void {
    const { reals } = this.state.visits;
    this.state.recorder.serveDirect(reals[visit + ENDS] - reals[visit + INTENDED], reals[visit + INTENDED], kept);
  }

  private refusePlain(visit: number, outcome: Outcome): void {
    const { visits, operations } = this.state;
    operations[visits.ints[2 * visit + OPERATION]].tally.failed += 1;
    visits.release(visit);
    this.attempts.visitFailed(visit, outcome);
  }

  private complete(station: number): void {
    this.state.stations[station].settle();
    this.state.stationChanged(station);
    while (this.answers.size > 0) this.attempts.answered(this.answers.shift(), station);
    while (this.beginning.size > 0) this.attempts.fanOut.begin(this.beginning.shift());
  }

  private observe(visit: number): void {
    const { reals, ints } = this.state.visits;
    this.state.observer?.(ints[2 * visit + HOP], reals[visit + ORDINAL], OUTCOME.served, reals[visit + ENDS]);
  }
}
