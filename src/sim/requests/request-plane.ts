import type { RequestTotals, VisitTotals } from '../../domain/measurement.js';
import type { SeriesTable } from '../../domain/run-result.js';
import type { Micros } from '../../kernel/micros.js';
import type { DataPlane, DependencyPort, WorkloadPort } from '../data-plane.js';
import { Attempts } from './attempts.js';
import { CALLER } from './calls.js';
import { DependencyFront } from './dependency-front.js';
import type { CallSite } from './operations.js';
import { OUTCOME, type Outcome } from './outcome.js';
import { LISTENER, type PlaneState } from './plane-state.js';
import type { ProcessHost } from './pod-process.js';
import type { CompletionSink, Station } from './station.js';
import type { TrafficSource } from './traffic-source.js';
import { VISIT } from './visits.js';
import { WorkloadFront } from './workload-front.js';

/** The exact request path with its measurements. */
export interface ExactPlane extends DataPlane {
  /** Settles everything up to `at`, the instant reached, and appends a row of the series. */
  closeStep(at: Micros): void;
  /** The warm-up is over: totals of visits start here. Totals of logical requests go by their intended arrival. */
  startCounting(): void;
  totals(): RequestTotals;
  visits(): Record<string, VisitTotals>;
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
  now = -Infinity;
  readonly attempts: Attempts;
  /** Visits whose own work is done and whose calls begin, and calls whose visit is through: carried out when the station has finished settling. */
  private readonly beginning: number[] = [];
  private readonly answers: number[] = [];
  private stepStart = NaN;

  constructor(
    readonly state: PlaneState,
    private readonly sources: readonly TrafficSource[],
  ) {
    this.attempts = new Attempts(state);
  }

  advance(from: Micros, to: Micros): void {
    if (Number.isNaN(this.stepStart)) this.stepStart = from;
    const { index } = this.state;
    for (;;) {
      const source = this.nextSource();
      const completion = index.nextTime;
      const timer = this.attempts.nextTime;
      const at = Math.min(source.nextAt, completion, timer);
      if (at > to) break;
      this.now = at;
      if (completion === at) this.complete(index.first, at);
      else if (timer === at) this.attempts.runNext(at);
      else this.arrive(source, at);
    }
    this.now = to;
  }

  completed(visit: number, at: number, station: Station): boolean {
    const { visits, operations, fronts, recorder } = this.state;
    const operation = operations[visits.operation[visit]];
    if (operation.groups.length > 0) {
      this.beginning.push(visit);
      return true;
    }
    const { tally, countsCpu } = fronts[operation.front];
    tally.serve(countsCpu ? visits.cpu[visit] : visits.cpu[visit] + visits.wait[visit]);
    const call = visits.call[visit];
    if (call >= 0) this.answers.push(call, station.index);
    else if (call === LISTENER.direct) this.directServed(visit, at, station.index);
    else recorder.waste(visits.cpu[visit]);
    return false;
  }

  stationChanged(station: Station): void {
    this.state.index.update(station);
    this.state.frontOf[station.index].loadChanged(station);
  }

  cutStation(station: Station, outcome: Outcome): void {
    this.attempts.cutStation(station, outcome, this.now);
    this.stationChanged(station);
  }

  workload(name: string): WorkloadPort {
    const front = this.state.fronts.find((candidate) => candidate.name === name);
    if (front instanceof WorkloadFront) return front;
    throw new RangeError(`no workload is called ${name}`);
  }

  dependency(name: string): DependencyPort {
    const front = this.state.fronts.find((candidate) => candidate.name === name);
    if (front instanceof DependencyFront) return front;
    throw new RangeError(`no dependency is called ${name}`);
  }

  closeStep(at: Micros): void {
    const step = at - this.stepStart;
    this.stepStart = at;
    for (const front of this.state.fronts) {
      if (front instanceof WorkloadFront) front.settle(at);
      front.tally.closeStep(step / 1e6);
      if (front instanceof DependencyFront) front.closeStep(at, step);
    }
    this.state.recorder.closeStep();
  }

  startCounting(): void {
    for (const front of this.state.fronts) front.tally.startCounting();
  }

  totals(): RequestTotals {
    return this.state.recorder.totals(this.onBoard());
  }

  visits(): Record<string, VisitTotals> {
    return Object.fromEntries(this.state.fronts.map((front) => [front.name, front.tally.totals()]));
  }

  tables(): SeriesTable[] {
    const service: SeriesTable = { entity: 'service', kind: 'service', columns: this.state.recorder.columns.columns() };
    const fronts = this.state.fronts.map((front): SeriesTable => {
      const columns = front.tally.columns.columns();
      if (!(front instanceof DependencyFront)) return { entity: front.name, kind: 'workload', columns };
      return { entity: front.name, kind: 'dependency', columns: { ...columns, ...front.gauges.columns() } };
    });
    return [service, ...fronts];
  }

  private nextSource(): TrafficSource {
    let first = this.sources[0];
    for (let i = 1; i < this.sources.length; i += 1) if (this.sources[i].nextAt < first.nextAt) first = this.sources[i];
    return first;
  }

  private arrive(source: TrafficSource, at: number): void {
    const site = source.nextSite();
    const { ordinal, hop } = source;
    source.advance();
    this.state.recorder.offer(at);
    if (needsCall(site)) this.attempts.callFromOutside(site, ordinal, hop, at);
    else this.attempts.visitFromOutside(site.operation, ordinal, hop, source.salt, at);
  }

  private complete(station: Station, at: number): void {
    station.settle(at);
    this.stationChanged(station);
    for (let i = 0; i < this.answers.length; i += 2) this.attempts.answered(this.answers[i], this.answers[i + 1], at);
    this.answers.length = 0;
    for (let i = 0; i < this.beginning.length; i += 1) this.attempts.beginCalls(this.beginning[i], at);
    this.beginning.length = 0;
  }

  private directServed(visit: number, at: number, station: number): void {
    const { visits, recorder, observer } = this.state;
    const intendedAt = visits.intendedAt[visit];
    recorder.attemptEnded(intendedAt, true);
    recorder.serve(intendedAt, at, station);
    observer?.(visits.hop[visit], visits.ordinal[visit], OUTCOME.served, at);
  }

  /** Logical requests and attempts from outside that have not ended, counted from what is on board. */
  private onBoard(): { requests: number; attempts: number } {
    const { calls, visits } = this.state;
    let requests = 0;
    let attempts = 0;
    for (let call = 0; call < calls.used; call += 1) {
      if (calls.live[call] === 0 || calls.parent[call] !== CALLER.outside || calls.intendedAt[call] < 0) continue;
      requests += 1;
      if (calls.visit[call] >= 0) attempts += 1;
    }
    for (let visit = 0; visit < visits.used; visit += 1) {
      if (visits.state[visit] === VISIT.none || visits.call[visit] !== LISTENER.direct) continue;
      if (visits.intendedAt[visit] < 0) continue;
      requests += 1;
      attempts += 1;
    }
    return { requests, attempts };
  }
}

/** Whether a caller's side is needed at all: the client times out or tries again. */
export function needsCall(site: CallSite): boolean {
  return site.timeoutMicros !== Infinity || site.retries > 0;
}
