import type { RateSeries } from '../domain/rate-series.js';

/** The same load in bins of `binMicros` (the last may be shorter): the expected requests of every bin are kept, not its shape. */
export function resampleRates(series: RateSeries, binMicros: number): RateSeries {
  const { edgesMicros, ratePerSecond } = series;
  const end = edgesMicros[edgesMicros.length - 1];
  const count = Math.ceil(end / binMicros);
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => Math.min(i * binMicros, end));
  const rates = new Float64Array(count);
  let i = 0;
  for (let bin = 0; bin < count; bin += 1) {
    let mass = 0;
    for (let at = edges[bin]; at < edges[bin + 1];) {
      const until = Math.min(edgesMicros[i + 1], edges[bin + 1]);
      mass += ratePerSecond[i] * (until - at);
      if (until === edgesMicros[i + 1]) i += 1;
      at = until;
    }
    rates[bin] = mass / (edges[bin + 1] - edges[bin]);
  }
  return { edgesMicros: edges, ratePerSecond: rates };
}
