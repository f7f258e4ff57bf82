import { type Micros, micros } from '../../kernel/micros.js';
import type { ProbePort } from '../data-plane.js';
import type { Front } from './front.js';
import type { Operation } from './operations.js';
import type { StationBoard } from './station-board.js';
import type { Station } from './station.js';
import { BEGUN } from './work-sums.js';

/** What the desk looks at. */
interface ProbedPlane {
  readonly board: StationBoard;
  readonly stations: readonly Station[];
  readonly frontOf: readonly Front[];
  readonly operations: readonly Operation[];
  stationChanged(station: number): void;
}

/** What answering a probe takes. */
export interface ProbeWork {
  /** CPU time of its pod's core, in microseconds. */
  readonly micros: number;
  /** Is told when the CPU time has been used. */
  readonly spent: () => void;
}

/** A probe that somebody waits for. */
interface Outstanding {
  readonly since: number;
  /** When it was answered or, at a lazy station, will be; Infinity while that is not known. */
  answered: number;
  /** Visits before it in the line when its station was last looked at. */
  ahead: number;
  readonly work: ProbeWork;
  /** When a thread began to answer it; null while none does. */
  begunAt: number | null;
}

/**
 * Probes of pods: each is a request that waits for a worker behind those who were there before it, and takes none from anybody, since it
 * needs it for no time. What CPU it takes it takes from then on as a thread of its own; where workers do not share CPU, beside them.
 *
 * A probe is not in its station's line. It has been answered once all who were before it have left the line and, then or later, a worker was
 * free or was taken by somebody who came after it. At a lazy station what is ahead runs like clockwork, so the instant is known when
 * the probe arrives, and changes only with the station's capacity. At any other station every change is looked at as it happens.
 */
export class ProbeDesk {
  /** By station. */
  private readonly outstanding = new Map<number, Set<Outstanding>>();
  /** Visits begun when a front was last looked at, by its index: right for fronts with probes outstanding. */
  private readonly begun = new Map<number, number>();

  constructor(private readonly plane: ProbedPlane) {}

  /** A probe arrives at a station at the present instant, up to which the station has been settled. */
  ask(station: number, work: ProbeWork = NOTHING): ProbePort {
    const { board, stations, frontOf } = this.plane;
    const { now } = board;
    const server = stations[station];
    const { prospect } = server;
    if (prospect === 'refused') return answeredAlways(null);
    if (prospect === 'served' && work.micros === 0) return answeredAlways(micros(now));
    const probe: Outstanding = { since: now, answered: Infinity, ahead: server.aheadOf(now), work, begunAt: null };
    this.keep(station, probe);
    if (prospect === 'served') this.begin(station, probe);
    else if (frontOf[station].lazy) {
      work.spent();
      probe.answered = server.turnAt(now) + work.micros;
    }
    return { answeredAt: () => this.answerOf(station, probe), giveUp: () => this.drop(station, probe) };
  }

  /** A station has changed at the present instant, all earlier changes having been told. */
  changed(station: number): void {
    if (this.outstanding.size === 0) return;
    const front = this.plane.frontOf[station];
    const before = this.begun.get(front.index);
    if (before === undefined) return;
    const now = front.tally.work[BEGUN];
    this.begun.set(front.index, now);
    for (const probe of this.outstanding.get(station) ?? []) {
      if (front.lazy) this.foretell(station, probe);
      else this.look(station, probe, now - before);
    }
  }

  /** The process is gone: what it has not answered by now it never will. */
  gone(station: number): void {
    for (const probe of this.outstanding.get(station) ?? []) {
      if (probe.answered > this.plane.board.now) probe.answered = Infinity;
      this.drop(station, probe);
    }
  }

  private keep(station: number, probe: Outstanding): void {
    const front = this.plane.frontOf[station];
    const probes = this.outstanding.get(station) ?? new Set();
    this.outstanding.set(station, probes.add(probe));
    if (!this.begun.has(front.index)) this.begun.set(front.index, front.tally.work[BEGUN]);
  }

  private drop(station: number, probe: Outstanding): void {
    const probes = this.outstanding.get(station);
    probes?.delete(probe);
    if (probes?.size === 0) this.outstanding.delete(station);
    if (this.outstanding.size === 0) this.begun.clear();
  }

  private answerOf(station: number, probe: Outstanding): Micros | null {
    if (probe.answered <= this.plane.board.now) this.drop(station, probe);
    if (probe.answered !== Infinity) return micros(probe.answered);
    const waits = this.outstanding.get(station)?.has(probe) === true;
    if (waits && probe.begunAt !== null) return micros(this.lookAgain(probe, probe.begunAt));
    const turn = waits && this.runsLikeClockwork(station) ? this.plane.stations[station].turnAt(probe.since) : Infinity;
    return turn === Infinity ? null : micros(turn + probe.work.micros);
  }

  /** When a thread could be through that has the core to itself; after that its time so far and an eighth more, as nobody can tell. */
  private lookAgain({ work }: Outstanding, begunAt: number): number {
    const { now } = this.plane.board;
    return Math.max(begunAt + work.micros, now + Math.max(1000, Math.ceil((now - begunAt) / 8)));
  }

  /** It is a probe's turn. */
  private begin(station: number, probe: Outstanding): void {
    const { board, stations } = this.plane;
    const { work } = probe;
    const server = stations[station];
    if (work.micros === 0 || server.errand === undefined) {
      work.spent();
      probe.answered = board.now + work.micros;
      return;
    }
    probe.begunAt = board.now;
    server.errand(work.micros, (at) => {
      work.spent();
      probe.answered = at;
    });
    this.plane.stationChanged(station);
  }

  /** Whether how long a visit holds its worker is known when it begins: none of its station's visits makes calls. */
  private runsLikeClockwork(station: number): boolean {
    const { index, lazy } = this.plane.frontOf[station];
    return !lazy && this.plane.operations.every((one) => one.front !== index || one.groups.length === 0);
  }

  private foretell(station: number, probe: Outstanding): void {
    const { micros: cpu } = probe.work;
    if (probe.answered - cpu > this.plane.board.now)
      probe.answered = this.plane.stations[station].turnAt(probe.since) + cpu;
  }

  private look(station: number, probe: Outstanding, begun: number): void {
    if (probe.answered !== Infinity || probe.begunAt !== null) return;
    const server = this.plane.stations[station];
    const overtaken = begun > probe.ahead;
    probe.ahead = server.aheadOf(probe.since);
    if (overtaken || (probe.ahead === 0 && server.prospect === 'served')) this.begin(station, probe);
  }
}

function answeredAlways(at: Micros | null): ProbePort {
  return { answeredAt: () => at, giveUp: () => {} };
}

const NOTHING: ProbeWork = { micros: 0, spent: () => {} };
