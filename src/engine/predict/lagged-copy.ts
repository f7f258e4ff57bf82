import { type Forecast, type ForecastPoint, abstain } from '../../domain/forecast.js';
import type { Observation } from '../../domain/observation.js';
import type { Micros } from '../../kernel/micros.js';
import type { Forecaster } from '../ports.js';
import { LaggedQuantity } from './lagged-quantity.js';

/** How a lagged copy is set up. */
export interface LaggedCopyOptions {
  readonly model: string;
  /** How far before its instant the value lies that is forecast for it; at least the horizon, or it would look ahead. */
  readonly lagOf: (horizonMicros: number) => number;
  /** How much history is kept. */
  readonly depthMicros: number;
  /** Realised forecasts at a horizon before it says anything about that horizon. */
  readonly leastResiduals: number;
  /** What it needs before it speaks, in words. */
  readonly needs: string;
}

/** Forecasts that everything will be what it was some lag earlier, with quantiles from how wrong exactly that has been. */
export class LaggedCopy implements Forecaster {
  private readonly rate: LaggedQuantity;
  private readonly cpuMillis: LaggedQuantity;
  private readonly memoryMiB: LaggedQuantity;
  private newestSampleAt = -Infinity;
  private samples = 0;

  constructor(private readonly options: LaggedCopyOptions) {
    this.rate = new LaggedQuantity(options.depthMicros);
    this.cpuMillis = new LaggedQuantity(options.depthMicros);
    this.memoryMiB = new LaggedQuantity(options.depthMicros);
  }

  /** A stale observation, or one that brings no sample newer than the last, teaches nothing. */
  observe(observation: Observation): void {
    const { at, status, newestSampleAt, pods, metrics } = observation;
    if (status !== 'fresh' || newestSampleAt === null || newestSampleAt <= this.newestSampleAt) return;
    this.newestSampleAt = newestSampleAt;
    this.samples += 1;
    this.rate.observe(at, metrics.requests_per_second?.value ?? null);
    let cpu: number | null = null;
    let memory: number | null = null;
    for (const pod of pods) {
      if (pod.cpuMillis !== null) cpu = (cpu ?? 0) + pod.cpuMillis;
      memory = (memory ?? 0) + pod.memoryMiB;
    }
    this.cpuMillis.observe(at, cpu);
    this.memoryMiB.observe(at, memory);
  }

  /** Abstains while it can say nothing about any quantity at any horizon. */
  forecast(at: Micros, horizonsMicros: readonly Micros[]): Forecast {
    const { model } = this.options;
    const points = horizonsMicros.map((horizon) => this.point(at, horizon));
    if (points.every(({ rate, cpuMillis, memoryMiB }) => rate === null && cpuMillis === null && memoryMiB === null)) {
      return abstain(model, at, this.excuse(horizonsMicros));
    }
    return {
      model,
      generatedAt: at,
      points,
      confidence: this.confidence(horizonsMicros),
      anomaly: null,
      abstained: null,
    };
  }

  private point(at: Micros, horizonMicros: Micros): ForecastPoint {
    const { lagOf, leastResiduals } = this.options;
    const lag = lagOf(horizonMicros);
    const time = at + horizonMicros;
    return {
      horizonMicros,
      rate: this.rate.quantiles(time, lag, leastResiduals),
      cpuMillis: this.cpuMillis.quantiles(time, lag, leastResiduals),
      memoryMiB: this.memoryMiB.quantiles(time, lag, leastResiduals),
    };
  }

  /** How right the shortest horizon has been about the request rate; null where it says nothing about that. */
  private confidence(horizonsMicros: readonly Micros[]): number | null {
    const residuals = this.rate.residualsAt(this.options.lagOf(Math.min(...horizonsMicros)));
    return residuals.size < this.options.leastResiduals ? null : residuals.accuracy();
  }

  private excuse(horizonsMicros: readonly Micros[]): string {
    if (this.samples === 0) return 'needs samples, has 0';
    const lag = this.options.lagOf(Math.min(...horizonsMicros));
    const quantities = [this.rate, this.cpuMillis, this.memoryMiB];
    const realised = Math.max(...quantities.map((quantity) => quantity.residualsAt(lag).size));
    if (realised >= this.options.leastResiduals) return `has no sample near the instant it would copy`;
    const hours = Math.max(...quantities.map((quantity) => quantity.spanMicros)) / 3.6e9;
    return `${this.options.needs}, has ${hours.toFixed(1)} h and ${realised}`;
  }
}
