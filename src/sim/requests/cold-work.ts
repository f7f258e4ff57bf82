import { CALL_FIELDS } from './calls.js';
import { FIELDS, STRIDE, type Visits, wider } from './visits.js';

const { ENDS, PENDING, STARTED, STATION, WAIT } = FIELDS;

/**
 * By how much visits would have been quicker at warm processes, in worlds where some warm up: at least so much.
 *
 * A visit whose CPU is multiplied by f would have had its CPU phase in 1/f of the time it took, its companions being what they were. While it
 * waited for a worker, those ahead had come on board before it, and so had a surplus no smaller than its own: of the wait, as far as workers
 * spend their time on CPU, it would have been spared the same share. That companions and those long gone would also have been quicker is
 * left out. A visit that calls is spared what its calls are, of parallel ones as far as their group would have ended sooner.
 */
export class ColdWork {
  /** By visit: share of its CPU that is surplus, when it came on board, and how much sooner it would have been through so far. */
  private surplus = new Float64Array(256);
  private since = new Float64Array(256);
  private kept = new Float64Array(256);
  /** When the present group of its calls would have ended. */
  private groupEnd = new Float64Array(256);
  /** By call: what its last attempt that was served was kept. */
  private ofCall = new Float64Array(256);
  /** By station, of visits whose work there is done: CPU phases, and time for which they had their workers. */
  private cpu = new Float64Array(64);
  private held = new Float64Array(64);

  /** Calls lie in the memory of the visits. */
  constructor(private readonly visits: Visits) {}

  /** A visit is made. */
  begin(visit: number): void {
    const row = visit / STRIDE;
    if (row >= this.kept.length) this.widen(row);
    this.surplus[row] = 0;
    this.since[row] = 0;
    this.kept[row] = 0;
    this.groupEnd[row] = -Infinity;
  }

  /** A visit comes on board, now, and its CPU is multiplied by `factor`. */
  boards(visit: number, factor: number, now: number): void {
    this.surplus[visit / STRIDE] = 1 - 1 / factor;
    this.since[visit / STRIDE] = now;
  }

  /** A visit's own work is done. */
  worked(visit: number): void {
    const { reals, ints } = this.visits;
    const row = visit / STRIDE;
    const station = ints[2 * visit + STATION];
    if (station >= this.cpu.length) this.widenStations(station);
    const started = reals[visit + STARTED];
    const ends = reals[visit + ENDS];
    const phase = ends - started - reals[visit + WAIT];
    if (this.surplus[row] > 0) {
      const busy = this.held[station] > 0 ? this.cpu[station] / this.held[station] : 1;
      this.kept[row] = this.surplus[row] * (phase + busy * (started - this.since[row]));
    }
    this.cpu[station] += phase;
    this.held[station] += ends - started;
  }

  /** A visit that held its worker for calls lets it go, now. */
  letsGo(visit: number, now: number): void {
    const { reals, ints } = this.visits;
    this.held[ints[2 * visit + STATION]] += now - reals[visit + ENDS];
  }

  /** How much sooner a visit would have been served, in microseconds. */
  keptBy(visit: number): number {
    return this.kept[visit / STRIDE];
  }

  /** A visit that a call waits for was served. */
  answers(visit: number, call: number): void {
    const row = call / STRIDE;
    if (row >= this.ofCall.length)
      this.ofCall = wider(this.ofCall, new Float64Array(2 ** Math.ceil(Math.log2(row + 1))));
    this.ofCall[row] = this.kept[visit / STRIDE];
  }

  /** How much sooner a call that was served would have been. */
  keptByCall(call: number): number {
    return this.ofCall[call / STRIDE];
  }

  /** A call has been served, now, and its caller has not been told yet. */
  joins(call: number, now: number): void {
    const parent = this.visits.ints[2 * call + CALL_FIELDS.PARENT];
    const row = parent / STRIDE;
    this.groupEnd[row] = Math.max(this.groupEnd[row], now - this.keptByCall(call));
    if (this.visits.ints[2 * parent + PENDING] > 1) return;
    this.kept[row] += now - this.groupEnd[row];
    this.groupEnd[row] = -Infinity;
  }

  private widen(row: number): void {
    const size = 2 ** Math.ceil(Math.log2(row + 1));
    this.surplus = wider(this.surplus, new Float64Array(size));
    this.since = wider(this.since, new Float64Array(size));
    this.kept = wider(this.kept, new Float64Array(size));
    this.groupEnd = wider(this.groupEnd, new Float64Array(size));
  }

  private widenStations(station: number): void {
    const size = 2 ** Math.ceil(Math.log2(station + 1));
    this.cpu = wider(this.cpu, new Float64Array(size));
    this.held = wider(this.held, new Float64Array(size));
  }
}
