import type { RateSeries } from '../../domain/rate-series.js';
import { fineBin, sampleRates } from './sample-rates.js';

/** A crowd that comes all at once, as a multiplier of whatever traffic there is. */
export interface FlashCrowdShape {
  /** When it starts. */
  readonly atMicros: number;
  /** From the start to the peak. */
  readonly rampMicros: number;
  /** Traffic at the peak over traffic without the crowd. */
  readonly magnitude: number;
  /** How long the peak lasts. */
  readonly plateauMicros: number;
  /** After this time the excess has fallen to 1/e; 0 ends it at once. */
  readonly decayMicros: number;
  /** The way up: a straight line, or the S of word getting round. */
  readonly shape: 'linear' | 'logistic';
}

const SECOND = 1e6;
/** The excess is called over when this share of it is left. */
const SPENT = 1e-4;

/**
 * The multiplier of a flash crowd over time: 1, a ramp to `magnitude`, a plateau, an exponential return to 1.
 * Source of the shape: P. Bodik et al., "Characterizing, Modeling, and Generating Workload Spikes for Stateful Services", SoCC 2010.
 */
export function flashCrowd(crowd: FlashCrowdShape, durationMicros: number): RateSeries {
  const peak = crowd.atMicros + crowd.rampMicros;
  const fall = peak + crowd.plateauMicros;
  const over = fall + Math.ceil(crowd.decayMicros * -Math.log(SPENT));
  const cut = (at: number) => Math.min(at, durationMicros);
  return sampleRates(
    [
      { untilMicros: cut(crowd.atMicros), binMicros: Infinity },
      { untilMicros: cut(peak), binMicros: fineBin(crowd.rampMicros, SECOND) },
      { untilMicros: cut(fall), binMicros: Infinity },
      { untilMicros: cut(over), binMicros: fineBin(over - fall, SECOND) },
      { untilMicros: durationMicros, binMicros: Infinity },
    ],
    (at) => 1 + (crowd.magnitude - 1) * excess(crowd, at, { peak, fall, over }),
  );
}

/** Share of the full excess at an instant, 0 to 1. */
function excess(crowd: FlashCrowdShape, at: number, ends: { peak: number; fall: number; over: number }): number {
  if (at < crowd.atMicros || at >= ends.over) return 0;
  if (at < ends.peak) return climb((at - crowd.atMicros) / crowd.rampMicros, crowd.shape);
  return at < ends.fall ? 1 : Math.exp((ends.fall - at) / crowd.decayMicros);
}

/** Steepness of the logistic climb: its ends lie 0.25% from the asymptotes before they are stretched onto 0 and 1. */
const STEEPNESS = 12;

function climb(progress: number, shape: 'linear' | 'logistic'): number {
  if (shape === 'linear') return progress;
  const logistic = (x: number) => 1 / (1 + Math.exp(-STEEPNESS * (x - 0.5)));
  return (logistic(progress) - logistic(0)) / (logistic(1) - logistic(0));
}
