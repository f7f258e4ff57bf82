import type { Forecast, ForecastPoint, Quantiles } from '../../../domain/forecast.js';
import type { Observation } from '../../../domain/observation.js';
import type { Micros } from '../../../kernel/micros.js';
import type { PredictiveSettings } from './predictive-settings.js';

type Quantile = PredictiveSettings['quantile'];

/** Load in the unit of the target: millicores of all pods, or requests per second. */
export interface LoadAhead {
  /** At the horizon. */
  readonly then: number;
  /** The most from now until the horizon, what is seen now included: pods that go, go at once. */
  readonly until: number;
  readonly now: number | null;
}

/** The load that a forecast expects at a horizon, by the unit of the target; a sentence where it says nothing about it. */
export function loadAhead(
  forecast: Forecast,
  horizon: Micros,
  observation: Observation,
  { target, quantile }: Pick<PredictiveSettings, 'target' | 'quantile'>,
): LoadAhead | string {
  const perRequest = target.type === 'cpu' ? cpuPerRequest(observation) : null;
  const loadOf = (point: ForecastPoint): number | null =>
    target.type === 'rate' ? at(point.rate, quantile) : cpuOf(point, quantile, perRequest);
  const point = forecast.points.find(({ horizonMicros }) => horizonMicros === horizon);
  const then = point === undefined ? null : loadOf(point);
  if (then === null) return `the forecast says nothing about ${target.type === 'cpu' ? 'CPU' : 'requests'} then`;
  const now = target.type === 'rate' ? rateNow(observation) : cpuNow(observation);
  const before = forecast.points.filter(({ horizonMicros }) => horizonMicros < horizon).map(loadOf);
  const until = Math.max(then, now ?? 0, ...before.map((load) => load ?? 0));
  return { then, until, now };
}

function cpuOf({ cpuMillis, rate }: ForecastPoint, quantile: Quantile, perRequest: number | null): number | null {
  const direct = at(cpuMillis, quantile);
  if (direct !== null) return direct;
  const requests = at(rate, quantile);
  return requests === null || perRequest === null ? null : requests * perRequest;
}

function at(quantiles: Quantiles | null, quantile: Quantile): number | null {
  return quantiles === null ? null : quantiles[quantile];
}

function rateNow({ metrics, status }: Observation): number | null {
  return status === 'fresh' && Object.hasOwn(metrics, 'requests_per_second') ? metrics.requests_per_second.value : null;
}

function cpuNow({ pods, status }: Observation): number | null {
  if (status !== 'fresh') return null;
  const known = pods.flatMap(({ cpuMillis }) => (cpuMillis === null ? [] : [cpuMillis]));
  return known.length === 0 ? null : known.reduce((sum, cpu) => sum + cpu, 0);
}

/** Millicores for each request per second, as seen now. */
function cpuPerRequest(observation: Observation): number | null {
  const rate = rateNow(observation);
  const cpu = cpuNow(observation);
  return rate === null || cpu === null || rate <= 0 ? null : cpu / rate;
}
