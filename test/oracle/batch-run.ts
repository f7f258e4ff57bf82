import { micros } from '../../src/kernel/micros.js';
import { Streams } from '../../src/kernel/streams.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import { openPods } from '../sim/requests/plane-world.js';
import { type DrawFigure, DrawTally } from './draw-tally.js';
import { type Gauge, makeGauge } from './gauge.js';
import { type Control, controlledInterval, type Interval } from './interval.js';
import { type OracleCase, SERVICE_MICROS } from './oracle-case.js';
import { RequestTape, TAPE_SLICE } from './request-tape.js';
import type { Twin } from './twin.js';

/** Numbers of one batch: one array a judged quantity, a source's draws, a twin. */
interface Batch {
  readonly requests: number;
  readonly judged: readonly (readonly number[])[];
  readonly draws: readonly (readonly number[])[];
  readonly twins: readonly (readonly number[])[];
}

/** What a figure of the draws came to, batch by batch. */
export interface DrawBatches extends Control {
  readonly figure: DrawFigure;
}

/** Enough for Student's quantile to be near the normal one with half a dozen controls, and few enough for batches to be long. */
export const BATCHES = 64;

/**
 * One long run of a case through the product's own request path, cut into batches of equal time. Everything is counted a request expected,
 * not a request that came: sums over a fixed time have exactly the stationary expectation, and the number that came is a control.
 */
export class BatchRun {
  /** Requests after the warm-up, as expected from the rate. */
  requests = 0;
  private readonly plane;
  private readonly tapes: readonly RequestTape[];
  private readonly tallies: readonly DrawTally[];
  private readonly rates: readonly number[];
  private readonly gauges: readonly Gauge[];
  private readonly twins: readonly Twin[];
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
    const { patience } = world.workloads[0].pod.serving;
    this.tapes = world.traffic.map((spec) => new RequestTape(spec, patience, streams));
    this.tallies = world.traffic.map((spec) => new DrawTally(spec));
    this.rates = world.traffic.map(({ rates }) => (rates.ratePerSecond[0] * SERVICE_MICROS) / 1e6);
    this.gauges = oracleCase.judged.map(({ statistic }) => makeGauge(statistic));
    this.twins = oracleCase.twins(streams);
    const observing = this.gauges.filter(({ observe }) => observe !== null);
    const byHop = new Map(this.tapes.map((tape) => [tape.hop, tape]));
    const observer = (hop: number, ordinal: number, _outcome: number, at: number): void => {
      const tape = byHop.get(hop);
      if (tape !== undefined) for (const gauge of observing) gauge.observe?.(tape, ordinal, at);
    };
    this.plane = createExactPlane(world, streams, observing.length > 0 ? { observer } : {});
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
    const { batches } = this;
    const perRequest = batches.map(({ judged, requests }) => judged[i][0] / requests);
    const sums = batches.map(({ judged }) => judged[i]).reduce(sum);
    const controls = [...this.drawBatches(2), ...this.twinBatches(i)];
    return this.gauges[i].finish(controlledInterval(perRequest, controls), sums);
  }

  /** The first `figures` of each source's draws. */
  drawBatches(figures: number): DrawBatches[] {
    return this.tallies.flatMap((tally, source) =>
      tally.figures.slice(0, figures).map((figure, position) => ({
        figure,
        expected: figure.control,
        batches: this.batches.map(({ draws, requests }) => {
          return (draws[source][position] / requests / this.rates[source]) * this.oracleCase.rate;
        }),
      })),
    );
  }

  private twinBatches(i: number): Control[] {
    const { control } = this.oracleCase.judged[i];
    return this.twins.flatMap(({ known }, twin) =>
      known.flatMap(({ name, expected }, count) => {
        if (name !== control) return [];
        return [{ expected, batches: this.batches.map(({ twins, requests }) => twins[twin][count] / requests) }];
      }),
    );
  }

  private batch(requests: number): Batch {
    const slices = Math.ceil(requests / TAPE_SLICE);
    const start = this.now;
    for (let i = 1; i <= slices; i += 1) {
      const until = Math.round(start + ((requests / this.oracleCase.rate) * SERVICE_MICROS * i) / slices);
      this.readTapes(until);
      this.plane.advance(micros(this.now), micros(until));
      this.now = until;
    }
    this.plane.closeStep(micros(this.now));
    const totals = this.plane.totals();
    return {
      requests,
      judged: this.gauges.map((gauge) => gauge.take(totals)),
      draws: this.tallies.map((tally) => tally.take()),
      twins: this.twins.map((twin) => twin.take()),
    };
  }

  private readTapes(until: number): void {
    for (let next = this.nextTape(); this.tapes[next].arrivedAt <= until; next = this.nextTape()) {
      const tape = this.tapes[next];
      this.tallies[next].add(tape.arrivedAt, tape.demand);
      for (const twin of this.twins) twin.serve(tape.arrivedAt, tape.demand, tape.patience, tape.name);
      tape.advance();
    }
  }

  private nextTape(): number {
    let next = 0;
    for (let i = 1; i < this.tapes.length; i += 1) if (this.tapes[i].arrivedAt < this.tapes[next].arrivedAt) next = i;
    return next;
  }
}

function join(a: Batch, b: Batch): Batch {
  return {
    requests: a.requests + b.requests,
    judged: a.judged.map((numbers, i) => sum(numbers, b.judged[i])),
    draws: a.draws.map((numbers, i) => sum(numbers, b.draws[i])),
    twins: a.twins.map((numbers, i) => sum(numbers, b.twins[i])),
  };
}

function sum(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((value, i) => value + b[i]);
}
