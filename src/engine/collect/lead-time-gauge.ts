import { type Micros, micros } from '../../kernel/micros.js';
import type { LeadTime } from '../ports.js';

/** Newest pods whose start is remembered. */
const REMEMBERED = 32;

/** Of the remembered starts: a plan that half of the pods miss is none. */
const QUANTILE = 0.9;

/**
 * Measures how long the way from a metric to a ready pod is. What only the world knows beyond readiness (endpoint lag, warm caches) is not
 * in it.
 */
export class LeadTimeGauge {
  private readonly placements: number[] = [];
  private readonly starts: number[] = [];
  private lastTick: Micros | null = null;
  private period = 0;
  private age = 0;

  /** A pod became ready for the first time; instants of its creation, its binding and now. One that was found ready had no start to be seen. */
  podReady(createdAt: Micros, scheduledAt: Micros, now: Micros): void {
    if (now <= scheduledAt) return;
    remember(this.placements, scheduledAt - createdAt);
    remember(this.starts, now - scheduledAt);
  }

  /** A tick, with the age of the newest sample then; null where there is none. */
  tick(now: Micros, newestSampleAt: Micros | null): LeadTime {
    if (this.lastTick !== null && now > this.lastTick) this.period = now - this.lastTick;
    this.lastTick = now;
    if (newestSampleAt !== null) this.age = Math.max(0, now - newestSampleAt);
    const placement = quantile(this.placements);
    const start = quantile(this.starts);
    return {
      micros: micros(this.age + this.period + placement + start),
      metricsMicros: micros(this.age),
      periodMicros: micros(this.period),
      placementMicros: micros(placement),
      startMicros: micros(start),
      pods: this.starts.length,
    };
  }
}

function remember(values: number[], value: number): void {
  values.push(Math.max(0, value));
  if (values.length > REMEMBERED) values.shift();
}

function quantile(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(QUANTILE * sorted.length) - 1)];
}
