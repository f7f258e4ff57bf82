import type { QueueTotals } from '../../src/domain/queue-totals.js';
import type { RequestTotals, VisitTotals } from '../../src/domain/measurement.js';
import type { PodSpec } from '../../src/domain/world-spec.js';
import type { SeriesTable } from '../../src/domain/run-result.js';
import { type Micros, micros } from '../../src/kernel/micros.js';
import type { CutCause, NodeCpuPort, ProbePort, ProcessPort, WorkloadPort } from '../../src/sim/data-plane.js';
import type { ExactPlane } from '../../src/sim/requests/request-plane.js';

/** A process without requests of its own: tests put some on board, and it burns CPU at a constant rate from when it listens. */
export class FakeProcess implements ProcessPort {
  listening = false;
  /** What it was resized to. */
  spec: PodSpec | null = null;
  gone: CutCause | null = null;
  waiting = 0;
  lostShare = 0;
  startingCores = 0;
  readySince: number | null = null;
  /** Probes that arrive before this are answered then. */
  busyUntilSeconds = 0;
  /** Whether it says so beforehand. */
  foresees = true;
  /** Cores in use while it listens. */
  cores = 0.5;
  private most: { count: number; exceeded: ((at: Micros) => void) | null } = { count: Infinity, exceeded: null };
  private load = { count: 0, untilSeconds: 0 };
  private used = 0;
  private since = 0;

  constructor(
    private readonly plane: FakePlane,
    readonly workload: string,
    readonly ordinal: number,
    readonly speed: number,
  ) {}

  listen(accepting: boolean): void {
    this.used = this.cpuMicros();
    this.since = this.plane.now;
    this.listening = accepting;
    this.plane.note(`${this.name} ${accepting ? 'listens' : 'refuses'}`);
  }

  answerErrors(): void {
    // It answers nothing at all.
  }

  cut(cause: CutCause): void {
    this.used = this.cpuMicros();
    this.listening = false;
    this.gone = cause;
    this.plane.note(`${this.name} cut for ${cause} with ${this.inFlight()}`);
    this.load = { count: 0, untilSeconds: 0 };
  }

  /** Has requests on board that are all done at an instant. */
  carry(count: number, untilSeconds: number): void {
    this.load = { count, untilSeconds };
    if (count > this.most.count) this.most.exceeded?.(micros(this.plane.now));
  }

  inFlight(): number {
    return this.plane.now < this.load.untilSeconds * 1e6 ? this.load.count : 0;
  }

  queued(): number {
    return this.waiting;
  }

  cpuMicros(): number {
    return this.listening ? this.used + this.cores * (this.plane.now - this.since) : this.used;
  }

  servedMicros(): number {
    return this.cpuMicros();
  }

  startUp(cores: number): void {
    this.startingCores = cores;
    this.plane.note(`${this.name} starts up on ${cores} cores`);
  }

  resize(spec: PodSpec): void {
    this.spec = spec;
    this.plane.note(`${this.name} gets ${spec.cpuRequestMillis}m to ${spec.cpuLimitMillis}m CPU`);
  }

  loseCapacity(share: number): void {
    this.lostShare = share;
  }

  probe(): ProbePort {
    const free = micros(Math.max(this.plane.now, this.busyUntilSeconds * 1e6));
    return {
      answeredAt: () => (this.foresees || (this.gone === null && this.plane.now >= free) ? free : null),
      giveUp: () => {},
    };
  }

  limitInFlight(count: number, exceeded: (at: Micros) => void): void {
    this.most = { count, exceeded };
  }

  markReady(at: Micros): void {
    this.readySince = at;
  }

  get name(): string {
    return `${this.workload}-${this.ordinal}`;
  }
}

/** The request path's place is taken by a notebook: what the control plane did to it, and when. */
export class FakePlane implements ExactPlane {
  now = NaN;
  /** Lines 'SECONDS what', in order. */
  readonly notes: string[] = [];
  readonly opened: FakeProcess[] = [];
  /** Names routed to, by workload. */
  readonly routed = new Map<string, string[]>();
  readonly slowed = new Map<string, number>();
  readonly stretches: [number, number][] = [];
  closed: number[] = [];
  countingSince: number | null = null;
  counters = { requests: 0, errors: 0 };

  constructor(private readonly start: number) {
    this.now = start;
  }

  note(what: string): void {
    this.notes.push(`${this.now / 1e6} ${what}`);
  }

  /** Notes of one kind, by a part of their text. */
  notesOf(part: string): string[] {
    return this.notes.filter((note) => note.includes(part));
  }

  /** The newest process of a pod. */
  process(pod: string): FakeProcess {
    const found = this.opened.filter((process) => process.name === pod).at(-1);
    if (found === undefined) throw new Error(`no process of ${pod}`);
    return found;
  }

  advance(from: Micros, to: Micros): void {
    this.stretches.push([from, to]);
    this.now = to;
  }

  workload(name: string): WorkloadPort {
    return {
      open: (ordinal, { speed }) => {
        const process = new FakeProcess(this, name, ordinal, speed);
        this.opened.push(process);
        return process;
      },
      route: (endpoints, shares) => {
        const names = endpoints.map((endpoint) => `${name}-${endpoint.ordinal}`);
        this.routed.set(name, names);
        const as = shares === undefined ? '' : ` as ${shares.map(({ weight }) => weight).join(' ')}`;
        this.note(`${name} routes to ${names.join(' ')}`.trim() + as);
      },
      counters: () => ({ held: 0, ...this.counters }),
    };
  }

  dependency(name: string): { slow: (factor: number) => void } {
    return {
      slow: (factor) => {
        this.slowed.set(name, factor);
        this.note(`${name} takes ${factor} times`);
      },
    };
  }

  node(cores: number): NodeCpuPort {
    return {
      load: (weight) => ({
        use: (used) => this.note(`a neighbour of weight ${weight} wants ${used} of ${cores} cores`),
        usedMicros: () => 0,
      }),
    };
  }

  closeStep(at: Micros): void {
    this.closed.push(at);
  }

  startCounting(): void {
    this.countingSince = this.now;
  }

  totals(): RequestTotals {
    const counts = { offered: 0, served: 0, failed: 0, inFlightAtEnd: 0 };
    return {
      requests: { ...counts, timedOut: 0, rejected: 0 },
      attempts: { ...counts, amplification: 1 },
      latencyMs: { mean: null, p50: null, p90: null, p95: null, p99: null, p999: null, max: null },
      violated: 0,
      satisfied: 0,
      tolerated: 0,
      refusedByScaling: 0,
      cutByScaling: 0,
      slowedByCold: 0,
      wastedCpuMicros: 0,
    };
  }

  visits(): Record<string, VisitTotals> {
    return {};
  }

  queues(): Record<string, QueueTotals> {
    return {};
  }

  tables(): SeriesTable[] {
    const offered = Float64Array.from(this.closed, (at) => at - this.start);
    return [{ entity: 'service', kind: 'service', columns: { offered } }];
  }
}
