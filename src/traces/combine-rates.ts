import { Bug } from '../domain/errors.js';
import type { RateSeries } from '../domain/rate-series.js';

/** The product of two series of the same length: a rate by a multiplier without unit. Its edges are those of both. */
export function multiplyRates(a: RateSeries, b: RateSeries): RateSeries {
  return combine(a, b, (x, y) => x * y);
}

/** The sum of two series of the same length: two sources of requests seen as one. Its edges are those of both. */
export function sumRates(a: RateSeries, b: RateSeries): RateSeries {
  return combine(a, b, (x, y) => x + y);
}

function combine(a: RateSeries, b: RateSeries, operation: (x: number, y: number) => number): RateSeries {
  const end = a.edgesMicros[a.edgesMicros.length - 1];
  if (b.edgesMicros[b.edgesMicros.length - 1] !== end) throw new Bug('series of different lengths cannot be combined');
  const most = a.ratePerSecond.length + b.ratePerSecond.length;
  const edges = new Float64Array(most + 1);
  const rates = new Float64Array(most);
  let count = 0;
  for (let i = 0, j = 0; edges[count] < end; count += 1) {
    rates[count] = operation(a.ratePerSecond[i], b.ratePerSecond[j]);
    const next = Math.min(a.edgesMicros[i + 1], b.edgesMicros[j + 1]);
    edges[count + 1] = next;
    if (a.edgesMicros[i + 1] === next) i += 1;
    if (b.edgesMicros[j + 1] === next) j += 1;
  }
  return { edgesMicros: edges.slice(0, count + 1), ratePerSecond: rates.slice(0, count) };
}
