import type { TrafficSpec } from '../../src/domain/traffic-spec.js';
import { type Distribution, meanOf, scvOf } from '../../src/kernel/distributions.js';

/** A figure of the draws whose expectation is known. */
export interface DrawFigure {
  /** What it is, by the distributions it is drawn from. */
  readonly name: string;
  readonly expected: number;
  /** Expectation of what is added up, a request expected: 1 for their number, 0 for what the others are off, each of those that came. */
  readonly control: 0 | 1;
}

/**
 * Counts what a source's draws come to: controls for the variance, and themselves judged, since a control hides an error that the draws
 * bring into the system and into its twin alike.
 */
export class DrawTally {
  readonly figures: readonly DrawFigure[];
  private readonly mean: number;
  private readonly microsPerRequest: number;
  private readonly sums = new Float64Array(4);
  private balance = 0;
  private inSpan = 0;
  private lastAt = 0;

  constructor({ arrivals, rates, classes }: TrafficSpec) {
    const [{ cpu }] = classes;
    const model = typeof arrivals === 'string' ? arrivals : arrivals.kind;
    const demands = describe(cpu);
    const scv = scvOf(cpu);
    const [perSecond] = rates.ratePerSecond;
    this.mean = meanOf(cpu);
    this.microsPerRequest = 1e6 / perSecond;
    this.figures = [
      { name: `number of ${model} arrivals`, expected: 1, control: 1 },
      { name: `mean of ${demands} demands`, expected: 1, control: 0 },
      { name: `mean square of ${demands} demands`, expected: 1 + scv, control: 0 },
      {
        name: `variance of ${demands} demands less ${model} gaps over ${SPAN} requests`,
        expected: scv + (arrivals === 'poisson' ? 1 : 0),
        control: 0,
      },
    ];
  }

  add(arrivedAt: number, demand: number): void {
    const { sums, figures } = this;
    const relative = this.mean > 0 ? demand / this.mean : 1;
    sums[0] += 1;
    sums[1] += relative - 1;
    sums[2] += relative * relative - figures[2].expected;
    this.balance += relative - (arrivedAt - this.lastAt) / this.microsPerRequest;
    this.lastAt = arrivedAt;
    this.inSpan += 1;
    if (this.inSpan < SPAN) return;
    sums[3] += this.balance * this.balance - SPAN * figures[3].expected;
    this.balance = 0;
    this.inSpan = 0;
  }

  /** Sums since the last call, in the order of `figures`; to be divided by the requests expected. */
  take(): readonly number[] {
    const taken = [...this.sums];
    this.sums.fill(0);
    return taken;
  }
}

/** The balance of work over so many requests in a row is what queues are made of; it shows draws that hang together. */
const SPAN = 250;

function describe(distribution: Distribution): string {
  const parameters = Object.entries(distribution).filter(([key]) => key !== 'kind' && !key.startsWith('mean'));
  const named = parameters.map(([, value]) => Number(value).toPrecision(3));
  return [distribution.kind, ...named].join(' ');
}
