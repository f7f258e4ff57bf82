import { micros } from '../../src/kernel/micros.js';
import { Streams } from '../../src/kernel/streams.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { openPods } from '../sim/requests/plane-world.js';
import { type Gauge, makeGauge } from './gauge.js';
import { batchInterval, controlledInterval, type Interval } from './interval.js';
import { type OracleCase, SERVICE_MICROS, type TwinSpec } from './oracle-case.js';
import { RequestTape, TAPE_SLICE, TwinQueue } from './twin-queue.js';

/** Numbers of one batch: one array a judged quantity, and the twin's. */
interface Batch {
  readonly judged: readonly Float64Array[];
  readonly twin: Float64Array;
}

const BATCHES = 32;

/** One long run of a case through the product's own request path, cut into batches. */
export class BatchRun {
  /** Requests after the warm-up, as expected from the rate. */
  requests = 0;
  private readonly plane;
  private readonly tapes: readonly RequestTape[];
  private readonly gauges: readonly Gauge[];
  private readonly twin: TwinQueue | null;
  private readonly observing: readonly Gauge[];
  private batches: Batch[] = [];
  private now = 0;

  constructor(
    private readonly oracleCase: OracleCase,
    seed: number,
    /** Doublings of the length that must be possible. */
    doublings: number,
  ) {
    const { rate, requests } = oracleCase;
    const endMicros = Math.ceil(((requests * (2 ** doublings + 1)) / rate) * SERVICE_MICROS);
    const world = oracleCase.world(seed, endMicros);
    const streams = new Streams(seed);
    const byName = new Map(world.traffic.map((spec) => [spec.name, new RequestTape(spec, streams)]));
    const byHop = new Map([...byName.values()].map((tape) => [tape.hop, tape]));
    this.gauges = oracleCase.judged.map(({ statistic }) => makeGauge(statistic, (source) => byName.get(source)!));
    this.observing = this.gauges.filter(({ observe }) => observe !== null);
    this.twin = makeTwin(oracleCase);
    this.tapes = this.observing.length > 0 || this.twin !== null ? [...byName.values()] : [];
    const observer = (hop: number, ordinal: number, _outcome: number, at: number): void => {
      const tape = byHop.get(hop)!;
      for (const gauge of this.observing) gauge.observe!(tape, ordinal, at);
    };
    this.plane = createExactPlane(world, streams, this.observing.length > 0 ? { observer } : {});
    openPods(this.plane, world);
    this.batch(requests / 16);
  }

  /** The first batches, or, when there are some already, as many requests again: batches are joined in pairs to make room. */
  lengthen(): void {
    const joined: Batch[] = [];
    for (let i = 0; i + 1 < this.batches.length; i += 2) joined.push(join(this.batches[i], this.batches[i + 1]));
    this.batches = joined;
    const more = BATCHES - joined.length;
    const length = (this.requests === 0 ? this.oracleCase.requests : this.requests) / more;
    for (let i = 0; i < more; i += 1) this.batches.push(this.batch(length));
    this.requests += length * more;
  }

  /** Interval of the i-th judged quantity. */
  interval(i: number): Interval {
    const { judged, twin, rate } = this.oracleCase;
    const estimates = this.batches.map((batch) => this.gauges[i].estimate(batch.judged[i]));
    if (twin === null) return batchInterval(estimates);
    const quantile = judged[i].statistic.kind === 'quantile of wait';
    const controls = this.batches.map(
      (batch) => (quantile ? batch.twin[2] : batch.twin[0] / SERVICE_MICROS) / batch.twin[1],
    );
    return controlledInterval(estimates, controls, quantile ? LONG_SHARE : twinMeanWait(rate, twin));
  }

  private batch(requests: number): Batch {
    const slices = this.tapes.length === 0 ? 1 : Math.ceil(requests / TAPE_SLICE);
    const start = this.now;
    for (let i = 1; i <= slices; i += 1) {
      const until = Math.round(start + ((requests / this.oracleCase.rate) * SERVICE_MICROS * i) / slices);
      for (const tape of this.tapes) tape.readTo(until, this.twin === null ? ignore : this.twin.serve);
      this.plane.advance(micros(this.now), micros(until));
      this.now = until;
    }
    this.plane.closeStep(micros(this.now));
    const totals = this.plane.totals();
    return {
      judged: this.gauges.map((gauge) => gauge.take(totals)),
      twin: Float64Array.from(this.twin?.take() ?? []),
    };
  }
}

/** Share of long waits at the twin; what is long follows from it. */
const LONG_SHARE = 0.01;

function makeTwin({ twin, rate }: OracleCase): TwinQueue | null {
  if (twin === null) return null;
  const rho = rate / twin.speed;
  return new TwinQueue(twin.speed, (Math.log(rho / LONG_SHARE) / (twin.speed * (1 - rho))) * SERVICE_MICROS);
}

/** Pollaczek and Khinchine. */
function twinMeanWait(rate: number, { speed, scv }: TwinSpec): number {
  const rho = rate / speed;
  return (rho * (1 + scv)) / (2 * (1 - rho)) / speed;
}

function join(a: Batch, b: Batch): Batch {
  return { judged: a.judged.map((numbers, i) => sum(numbers, b.judged[i])), twin: sum(a.twin, b.twin) };
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]);
}

function ignore(): void {
  // The tape is only read.
}
