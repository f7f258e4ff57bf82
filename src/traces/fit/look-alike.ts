import { normalQuantile } from '../../kernel/distributions.js';
import { Streams } from '../../kernel/streams.js';
import type { RateSeries } from '../../domain/rate-series.js';
import { dayNames } from '../generators/diurnal-spec.js';
import { generateRates, generatorSchema } from '../generators/generator-spec.js';
import { DAY_MICROS } from './day-micros.js';
import type { TrafficFit } from './fit-traffic.js';
import type { FoundCrowd } from './find-crowds.js';

/** A fitted model as users write it under `generate`. */
export interface LookAlike {
  readonly diurnal: {
    readonly mean: string;
    readonly peakToMean: number;
    readonly peakAt: string;
    readonly halfDay: { readonly amplitude: string; readonly peakAt: string };
    readonly week: Readonly<Record<string, number>>;
    readonly noise: { readonly sigma: string; readonly correlation: string };
  };
  readonly flashCrowd: readonly CrowdText[];
}

/** A crowd as users write it. */
export interface CrowdText {
  readonly at: string;
  readonly ramp: string;
  readonly magnitude: string;
  readonly plateau: string;
  readonly decay: string;
}

/** Crowds that a look-alike keeps: the greatest. */
const MOST_CROWDS = 5;

/** A fit in the words of a scenario, three figures of each; of the crowds the five greatest. */
export function lookAlike({ mean, waves, dayWeights, noise, crowds }: TrafficFit): LookAlike {
  const between = (4 * Math.PI * (waves.dailyPeakMicros - waves.halfDailyPeakMicros)) / DAY_MICROS;
  const atPeak = waves.dailyAmplitude + waves.halfDailyAmplitude * Math.cos(between);
  const kept = [...crowds].sort((a, b) => b.magnitude - a.magnitude).slice(0, MOST_CROWDS);
  return {
    diurnal: {
      mean: `${rounded(mean)}/s`,
      peakToMean: rounded(1 + atPeak),
      peakAt: minutes(waves.dailyPeakMicros),
      halfDay: { amplitude: percent(waves.halfDailyAmplitude), peakAt: minutes(waves.halfDailyPeakMicros) },
      week: Object.fromEntries(dayNames.map((day, i) => [day, rounded(dayWeights[i])])),
      noise: { sigma: percent(noise.sigma), correlation: minutes(Math.max(60e6, noise.correlationMicros)) },
    },
    flashCrowd: kept.sort((a, b) => a.atMicros - b.atMicros).map(crowdText),
  };
}

/** The figures of a crowd in words. */
export function crowdText({ atMicros, rampMicros, magnitude, plateauMicros, decayMicros }: FoundCrowd): CrowdText {
  return {
    at: minutes(atMicros),
    ramp: minutes(rampMicros),
    magnitude: `${rounded(magnitude)}x`,
    plateau: minutes(plateauMicros),
    decay: minutes(decayMicros),
  };
}

/** What a look-alike offers over a length of time from a date; the same name and seed give the same rates. */
export function lookAlikeRates(
  words: LookAlike,
  span: { readonly durationMicros: number; readonly startEpochMicros: number },
  name: string,
  seed: number,
): RateSeries {
  const draws = new Streams(seed).stream('noise', name);
  const noise = (i: number): number => normalQuantile(draws.uniform(i));
  return generateRates(generatorSchema.parse(words), span.durationMicros, noise, span.startEpochMicros);
}

function minutes(micros: number): string {
  return `${Math.round(micros / 60e6)}m`;
}

function percent(share: number): string {
  return `${rounded(share * 100)}%`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
