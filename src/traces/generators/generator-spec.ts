import { z } from 'zod';
import { Bug } from '../../domain/errors.js';
import { zDuration, zRate, zTimes } from '../../domain/quantity.js';
import type { RateSeries } from '../../domain/rate-series.js';
import { multiplyRates, sumRates } from '../combine-rates.js';
import { constantRates } from './constant-rates.js';
import { diurnalRates } from './diurnal-rates.js';
import { dayNames, diurnalSchema, waves } from './diurnal-spec.js';
import type { DiurnalSpec } from './diurnal-spec.js';
import { flashCrowd } from './flash-crowd.js';
import { rampRates } from './ramp-rates.js';
import { stepRates } from './step-rates.js';

const zero = zDuration.parse('0s');

const stepSchema = z
  .strictObject({
    from: zRate.meta({ description: 'Rate before.' }),
    to: zRate.meta({ description: 'Rate after.' }),
    at: zDuration.meta({ description: 'When it jumps, from the start of the run.' }),
    until: zDuration.optional().meta({ description: 'When it falls back; never by default.' }),
  })
  .refine((step) => step.until === undefined || step.until > step.at, { path: ['until'], message: 'must be after at' })
  .meta({ description: 'A jump from one rate to another.' });

const rampSchema = z
  .strictObject({
    from: zRate.meta({ description: 'Rate before.' }),
    to: zRate.meta({ description: 'Rate after.' }),
    start: zDuration.default(zero).meta({ description: 'When it starts, from the start of the run.' }),
    over: zDuration.meta({ description: 'How long it takes.' }),
    bin: positive(zDuration.parse('1s')).meta({ description: 'Length of its steps.' }),
  })
  .meta({ description: 'A straight climb or fall from one rate to another.' });

const flashCrowdSchema = z
  .strictObject({
    at: zDuration.meta({ description: 'When it starts, from the start of the run.' }),
    ramp: zDuration.default(zDuration.parse('5m')).meta({ description: 'From its start to its peak.' }),
    magnitude: z
      .union([z.number().min(0), zTimes])
      .meta({ description: 'Traffic at its peak over traffic without it, as 5 or 5x; below 1 is a drop.' }),
    plateau: zDuration.default(zero).meta({ description: 'How long the peak lasts.' }),
    decay: zDuration
      .default(zDuration.parse('10m'))
      .meta({ description: 'After this time the excess has fallen to 1/e; 0s ends it at once.' }),
    shape: z.enum(['logistic', 'linear']).default('logistic').meta({ description: 'The way up.' }),
  })
  .meta({ description: 'A crowd that comes all at once and multiplies the traffic.' });

/**
 * How users write generated traffic: one or more of `constant`, `step`, `ramp` and `diurnal`, which add up, times every `flashCrowd`.
 * Unknown keys are errors.
 */
export const generatorSchema = z
  .strictObject({
    constant: zRate.optional().meta({ description: 'The same rate all the time, as 200/s.' }),
    step: stepSchema.optional(),
    ramp: rampSchema.optional(),
    diurnal: diurnalSchema.optional(),
    flashCrowd: z
      .union([flashCrowdSchema.transform((one) => [one]), z.array(flashCrowdSchema)])
      .default([])
      .meta({ description: 'One crowd or a list of them.' }),
    bin: positive(zDuration.parse('10s')).meta({ description: 'Length of the steps of diurnal traffic.' }),
  })
  .refine((spec) => bases.some((base) => spec[base] !== undefined), {
    message: `must name at least one of constant, step, ramp and diurnal`,
  })
  .meta({ description: 'Generated traffic.' });

const bases = ['constant', 'step', 'ramp', 'diurnal'] as const;

/** Generated traffic as written, units resolved and defaults filled in. */
export type GeneratorSpec = z.output<typeof generatorSchema>;

/** Monday, 5 January 1970, 00:00 UTC: weeks begin with the run unless a run has a date. */
const A_MONDAY_MICROS = 4 * 86_400_000_000;

/**
 * The offered load that a specification describes, from time zero to `durationMicros`.
 *
 * `noise` is the i-th draw of a standard normal variable, keyed by the caller; it is asked only where the specification has noise.
 * `originEpochMicros` is the calendar time of time zero, for times of day and days of the week.
 */
export function generateRates(
  spec: GeneratorSpec,
  durationMicros: number,
  noise: (i: number) => number,
  originEpochMicros: number = A_MONDAY_MICROS,
): RateSeries {
  const parts: RateSeries[] = [];
  if (spec.constant !== undefined) parts.push(constantRates(spec.constant, durationMicros));
  if (spec.step !== undefined) {
    const { from, to, at, until } = spec.step;
    parts.push(stepRates({ from, to, atMicros: at, untilMicros: until ?? null }, durationMicros));
  }
  if (spec.ramp !== undefined) {
    const { from, to, start, over, bin } = spec.ramp;
    parts.push(rampRates({ from, to, startMicros: start, overMicros: over, binMicros: bin }, durationMicros));
  }
  if (spec.diurnal !== undefined) {
    parts.push(diurnalRates(diurnalShape(spec.diurnal, spec.bin, noise), durationMicros, originEpochMicros));
  }
  if (parts.length === 0) throw new Bug('a generator without a base has passed its schema');
  return spec.flashCrowd.reduce((series, crowd) => {
    const { at, ramp, magnitude, plateau, decay, shape } = crowd;
    const times = { atMicros: at, rampMicros: ramp, plateauMicros: plateau, decayMicros: decay };
    return multiplyRates(series, flashCrowd({ ...times, magnitude, shape }, durationMicros));
  }, parts.reduce(sumRates));
}

function diurnalShape(spec: DiurnalSpec, binMicros: number, draw: (i: number) => number) {
  const noise = spec.noise;
  return {
    ...waves(spec),
    mean: spec.mean,
    dayWeights: dayNames.map((day) => spec.week[day] ?? 1),
    binMicros,
    noise: noise === undefined ? null : { sigma: noise.sigma, correlationMicros: noise.correlation, draw },
  };
}

function positive(fallback: z.output<typeof zDuration>) {
  return zDuration.refine((value) => value > 0, { message: 'must be above 0' }).default(fallback);
}
