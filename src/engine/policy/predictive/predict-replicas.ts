import type { Rule } from '../../../domain/decision.js';
import type { Micros } from '../../../kernel/micros.js';
import type { HorizontalInput } from '../../ports.js';
import { loadAhead } from './load-ahead.js';
import type { PredictiveSettings } from './predictive-settings.js';

/** What the forecast makes of one tick. */
export interface Prediction {
  /** Replicas that the load at the horizon needs; null without a forecast to go by. */
  readonly rawDesired: number | null;
  /** What it asks for; null where it has no say. */
  readonly desired: number | null;
  readonly rules: readonly Rule[];
  readonly reason: string;
}

/** A load that misses a whole number of replicas by a hair does not need one more. */
const HAIR = 1e-9;

/**
 * Replicas by the load that is expected when a pod asked for now would serve, beside `base`, those asked for without it: up where that needs more, down only as far as the most that is
 * expected until then allows, each only from its own confidence on, and neither while the newest sample is out of the ordinary.
 */
export function predictReplicas(
  input: HorizontalInput,
  base: number,
  horizon: Micros,
  settings: PredictiveSettings,
): Prediction {
  const { forecast, leadTime } = input;
  const silent = (reason: string, numbers: Rule['numbers']): Prediction => ({
    rawDesired: null,
    desired: null,
    rules: [{ rule: reason, before: base, after: base, numbers }],
    reason,
  });
  if (forecast.abstained !== null) return silent('forecast-abstained', { why: forecast.abstained });
  if (forecast.anomaly?.anomalous === true) return silent('anomaly', { score: forecast.anomaly.score });
  const load = loadAhead(forecast, horizon, input.observation, settings);
  if (typeof load === 'string') return silent('forecast-abstained', { why: load });
  const capacity = podCapacity(input, settings);
  if (capacity === null) return silent('no-cpu-request', {});
  const needed = (amount: number): number => Math.ceil(amount / capacity - HAIR);
  const raw = needed(load.then);
  const confidence = forecast.confidence ?? 0;
  const led: Rule = {
    rule: 'lead-time',
    before: base,
    after: base,
    numbers: {
      totalSeconds: leadTime.micros / 1e6,
      metricsSeconds: leadTime.metricsMicros / 1e6,
      periodSeconds: leadTime.periodMicros / 1e6,
      placementSeconds: leadTime.placementMicros / 1e6,
      startSeconds: leadTime.startMicros / 1e6,
      pods: leadTime.pods,
      horizonSeconds: horizon / 1e6,
    },
  };
  const { quantile } = settings;
  const seen = { quantile, then: load.then, until: load.until, now: load.now ?? 'unknown', capacity, confidence };
  const forecastRule = { rule: 'forecast', before: base, after: raw, numbers: seen };
  const gated = gate(base, raw, needed(load.until), confidence, settings);
  return { rawDesired: raw, ...gated, rules: [led, forecastRule, ...gated.rules] };
}

/** What a pod is to carry, in the unit of the target; null where the target is a share of a request that is not set. */
function podCapacity({ workload }: HorizontalInput, { target }: PredictiveSettings): number | null {
  if (target.type === 'rate') return target.perSecond;
  return workload.cpuRequestMillis === null || workload.cpuRequestMillis === 0
    ? null
    : workload.cpuRequestMillis * target.share;
}

function gate(
  before: number,
  raw: number,
  lowest: number,
  confidence: number,
  { raiseConfidence, lowerConfidence }: PredictiveSettings,
): Pick<Prediction, 'desired' | 'rules' | 'reason'> {
  const wanted = raw >= before ? raw : Math.min(before, Math.max(raw, lowest));
  const needed = confidenceFor(wanted - before, raiseConfidence, lowerConfidence);
  const rules: Rule[] = [];
  if (wanted !== raw) {
    rules.push({ rule: 'load-until-then', before: raw, after: wanted, numbers: { needs: lowest } });
  }
  if (confidence < needed) {
    rules.push({ rule: 'confidence', before: wanted, after: before, numbers: { confidence, needed } });
    return { desired: null, rules, reason: 'not-confident' };
  }
  return { desired: wanted, rules, reason: wanted === before ? 'forecast-agrees' : 'forecast' };
}

/** To agree takes no more than either of both. */
function confidenceFor(change: number, raise: number, lower: number): number {
  if (change === 0) return Math.min(raise, lower);
  return change > 0 ? raise : lower;
}
