import { type Micros, micros, seconds } from '../../../kernel/micros.js';

const GRID = [15, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1200, 1800, 2700, 3600].map(seconds);

/**
 * The horizon at which a lead time is looked up: the next of a coarse grid, beyond it the next hour. A forecaster that judges itself by its past
 * errors needs the same horizons tick after tick, and a measured lead time wavers.
 */
export function horizonOf(leadTime: Micros): Micros {
  const hour = seconds(3600);
  return GRID.find((horizon) => horizon >= leadTime) ?? micros(Math.ceil(leadTime / hour) * hour);
}
