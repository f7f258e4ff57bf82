import { GrowingNumbers } from '../growing-numbers.js';
import type { SeriesState } from './series-state.js';

/** What one instant of a matrix adds up to over its series. */
interface Instant {
  /** Sum of the values. */
  level: number;
  /** Increase of counters up to here, by the time of the sample before. */
  readonly increases: Map<number, number>;
}

/** An increase of counters between two samples. */
export interface Increase {
  readonly fromMicros: number;
  readonly untilMicros: number;
  readonly amount: number;
}

/** Sums of all series at each of their instants, both as levels and as increases of counters, until it is known which they are. */
export class MatrixSums {
  private readonly instants = new Map<number, Instant>();
  resets = 0;
  samples = 0;
  /** Samples that are NaN or infinite, and samples that another export held already. */
  missing = 0;
  repeated = 0;

  /** Adds a sample. False where it is earlier than the one before it in its series. */
  add(series: SeriesState, atMicros: number, value: number): boolean {
    if (atMicros < series.lastMicros) return false;
    if (atMicros === series.lastMicros) {
      this.repeated += 1;
      return true;
    }
    this.samples += 1;
    const instant = this.at(atMicros);
    instant.level += value;
    if (Number.isNaN(series.lastMicros)) series.firstMicros = atMicros;
    else this.step(series, instant, value);
    series.lastMicros = atMicros;
    series.lastValue = value;
    return true;
  }

  /** All instants with a sample, in order. */
  times(): Float64Array {
    return Float64Array.from(this.instants.keys()).sort();
  }

  levels(times: Float64Array): Float64Array {
    return times.map((time) => this.instants.get(time)?.level ?? 0);
  }

  increases(): readonly Increase[] {
    return [...this.instants].flatMap(([untilMicros, { increases }]) =>
      [...increases].map(([fromMicros, amount]) => ({ fromMicros, untilMicros, amount })),
    );
  }

  /** A counter that falls was started anew: what it shows has come since. Source: Prometheus, `increase()`. */
  private step(series: SeriesState, instant: Instant, value: number): void {
    const fell = value < series.lastValue;
    series.steps += 1;
    if (fell) series.falls += 1;
    if (value > series.lastValue) series.rises += 1;
    if (fell) this.resets += 1;
    const amount = fell ? value : value - series.lastValue;
    instant.increases.set(series.lastMicros, (instant.increases.get(series.lastMicros) ?? 0) + amount);
  }

  private at(micros: number): Instant {
    let instant = this.instants.get(micros);
    if (instant === undefined) {
      instant = { level: 0, increases: new Map<number, number>() };
      this.instants.set(micros, instant);
    }
    return instant;
  }
}

/**
 * Increases as rates over steps of `stepMicros` from `startMicros` on: an increase over several steps, a gap in the recording, is
 * spread over them evenly, so that nothing counted is lost. Steps without any are left out.
 */
export function ratesOfIncreases(
  increases: readonly Increase[],
  startMicros: number,
  stepMicros: number,
): { readonly times: Float64Array; readonly values: Float64Array } {
  const end = increases.reduce((latest, { untilMicros }) => Math.max(latest, untilMicros), startMicros);
  const amounts = new Float64Array(Math.ceil((end - startMicros) / stepMicros)).fill(NaN);
  for (const { fromMicros, untilMicros, amount } of increases) {
    const first = Math.floor((fromMicros - startMicros) / stepMicros);
    for (let i = first; startMicros + i * stepMicros < untilMicros; i += 1) {
      const left = startMicros + i * stepMicros;
      const covered = Math.min(untilMicros, left + stepMicros) - Math.max(fromMicros, left);
      const share = (amount * covered) / (untilMicros - fromMicros);
      amounts[i] = (Number.isNaN(amounts[i]) ? 0 : amounts[i]) + share;
    }
  }
  const times = new GrowingNumbers();
  const values = new GrowingNumbers();
  for (let i = 0; i < amounts.length; i += 1) {
    if (Number.isNaN(amounts[i])) continue;
    times.push(startMicros + i * stepMicros);
    values.push(amounts[i] / (stepMicros / 1e6));
  }
  return { times: times.view(), values: values.view() };
}
