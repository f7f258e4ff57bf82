import type { ArrivalModel } from '../../domain/traffic-spec.js';
import { formatDuration } from './format-duration.js';

/** An arrival model in words, as `gamma (CV 2)`. */
export function describeArrivals(model: ArrivalModel): string {
  if (typeof model === 'string') return model;
  if (model.kind === 'gamma') return `gamma (CV ${model.cv})`;
  const { ratio, burstMicros, share } = model;
  const percent = Number((share * 100).toPrecision(3));
  return `mmpp (bursts of ${formatDuration(burstMicros)} at ${ratio} times the calm rate, ${percent}% of the time)`;
}
