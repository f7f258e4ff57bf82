import type { RateSeries } from '../domain/rate-series.js';

/**
 * The part of a series from `fromMicros` to `toMicros`, with time zero moved to `fromMicros`; a bin that is cut keeps its rate.
 *
 * Both must lie within the series, in this order and apart.
 */
export function sliceRates(series: RateSeries, fromMicros: number, toMicros: number): RateSeries {
  const { edgesMicros, ratePerSecond } = series;
  const first = binAt(edgesMicros, fromMicros);
  let end = first;
  while (end < ratePerSecond.length && edgesMicros[end] < toMicros) end += 1;
  const edges = new Float64Array(end - first + 1);
  for (let i = 1; i < edges.length; i += 1) edges[i] = Math.min(edgesMicros[first + i], toMicros) - fromMicros;
  return { edgesMicros: edges, ratePerSecond: ratePerSecond.slice(first, end) };
}

/** The bin that holds an instant, by bisection. */
function binAt(edges: Float64Array, at: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= at) low = middle;
    else high = middle;
  }
  return low;
}
