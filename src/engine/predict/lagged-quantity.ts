import type { Quantiles } from '../../domain/forecast.js';
import { RingWindow } from '../../kernel/ring-window.js';
import { ResidualSet } from './residual-set.js';

/** Values and residuals are taken once a minute: what lies closer together says the same thing again. */
export const SPACING_MICROS = 60_000_000;

/** Residuals kept for each lag: a day of them. */
const RESIDUALS = 1440;

/**
 * One quantity that is forecast to be what it was some lag earlier, with the residuals of exactly that forecast.
 *
 * A residual enters once its value has come, and needs nothing later; so a forecast cannot look ahead.
 */
export class LaggedQuantity {
  private readonly history: RingWindow;
  private readonly residuals = new Map<number, ResidualSet>();
  private newestAt = -Infinity;
  private newest = 0;

  constructor(depthMicros: number) {
    this.history = new RingWindow(Math.ceil(depthMicros / SPACING_MICROS) + 2);
  }

  /** Takes the value at an instant later than the last; one that is not a finite number counts as none. */
  observe(at: number, value: number | null): void {
    if (value === null || !Number.isFinite(value)) return;
    this.newestAt = at;
    this.newest = value;
    const { history } = this;
    if (history.size > 0 && at - history.timeAt(history.size - 1) < SPACING_MICROS) return;
    history.push(at, value);
    for (const [lag, residuals] of this.residuals) {
      const forecast = this.valueAt(at - lag);
      if (forecast !== null) residuals.add(at, value, forecast);
    }
  }

  /** The value at an instant, or the last one up to two spacings earlier; null where there is none. */
  valueAt(time: number): number | null {
    if (time >= this.newestAt) return time - this.newestAt <= 2 * SPACING_MICROS ? this.newest : null;
    const { history } = this;
    let low = 0;
    let high = history.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (history.timeAt(middle) <= time) low = middle + 1;
      else high = middle;
    }
    if (low === 0 || time - history.timeAt(low - 1) > 2 * SPACING_MICROS) return null;
    return history.valueAt(low - 1);
  }

  /** Length of the history, in microseconds. */
  get spanMicros(): number {
    return this.history.size === 0 ? 0 : this.newestAt - this.history.timeAt(0);
  }

  /** Residuals of the forecasts that were `lag` old when their value came; collected from the first time they are asked for. */
  residualsAt(lag: number): ResidualSet {
    const known = this.residuals.get(lag);
    if (known !== undefined) return known;
    const fresh = new ResidualSet(RESIDUALS);
    this.residuals.set(lag, fresh);
    return fresh;
  }

  /** Forecast for `time` from the value `lag` before it; null without that value or with fewer than `least` residuals. */
  quantiles(time: number, lag: number, least: number): Quantiles | null {
    const residuals = this.residualsAt(lag);
    const point = this.valueAt(time - lag);
    if (point === null || residuals.size < least) return null;
    return {
      q05: Math.max(0, point + Math.min(0, residuals.quantile(0.05))),
      q50: point,
      q90: point + Math.max(0, residuals.quantile(0.9)),
      q95: point + Math.max(0, residuals.quantile(0.95)),
      q99: point + Math.max(0, residuals.quantile(0.99)),
    };
  }
}
