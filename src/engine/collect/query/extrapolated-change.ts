import type { WindowSamples } from './window-samples.js';

/** A distance to the window's end beyond this many average distances between samples means that the series ends inside it. */
const CLOSE = 1.1;

/**
 * How much a series has changed over a whole window, judged by the samples in it: `increase` for a counter, `delta` for a gauge. Null with
 * fewer than two samples.
 *
 * A counter that falls was restarted from zero. The change between first and last sample is extrapolated to the ends of the window: all the
 * way where the end is about one distance between samples away, by half a distance where the series seems to begin or end inside, and for a
 * counter never to before it was zero. Source: prometheus/prometheus promql/functions.go, extrapolatedRate, as of version 3.
 */
export function extrapolatedChange(samples: WindowSamples, isCounter: boolean): number | null {
  const { times, values, startMicros, endMicros } = samples;
  const last = times.length - 1;
  if (last < 1) return null;
  const change = isCounter ? counterIncrease(values) : values[last] - values[0];
  const sampled = times[last] - times[0];
  const spacing = sampled / last;
  const reach = (distance: number): number => (distance >= spacing * CLOSE ? spacing / 2 : distance);
  let before = reach(times[0] - startMicros);
  if (isCounter && change > 0 && values[0] >= 0) before = Math.min(before, sampled * (values[0] / change));
  return (change * (sampled + before + reach(endMicros - times[last]))) / sampled;
}

function counterIncrease(values: readonly number[]): number {
  let increase = values[values.length - 1] - values[0];
  for (let i = 1; i < values.length; i += 1) if (values[i] < values[i - 1]) increase += values[i - 1];
  return increase;
}
