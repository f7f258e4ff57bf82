import { z } from 'zod';
import { zDuration, zPercent, zRate, zTimes } from '../../domain/quantity.js';
import { dayCurve } from './diurnal-rates.js';

const factor = z.union([z.number().min(0), zTimes]);
const DAY_MICROS = 86_400_000_000;
const timeOfDay = zDuration.refine((at) => at < DAY_MICROS, { message: 'must be a time of day below 24h' });

/** Days of the week as users write them, Sunday first. */
export const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** How users write diurnal traffic. */
export const diurnalSchema = z
  .strictObject({
    mean: zRate.meta({ description: 'Mean rate over whole weeks, as 200/s.' }),
    peakToMean: factor
      .default(2)
      .meta({ description: 'Rate at peakAt over the mean of the day, 1 to 2.66, as 2 or 1.8x.' }),
    peakAt: timeOfDay.default(zDuration.parse('14h')).meta({ description: 'When the day peaks, since midnight UTC.' }),
    halfDay: z
      .strictObject({
        amplitude: zPercent.meta({ description: 'Amplitude of the half-daily wave, of the mean.' }),
        peakAt: timeOfDay.meta({ description: 'When it peaks, since midnight UTC; again twelve hours later.' }),
      })
      .optional()
      .meta({
        description: 'A second wave of twelve hours; left out, one is added only where a peak above 2 needs it.',
      }),
    week: z
      .partialRecord(z.enum(dayNames), factor)
      .default({})
      .meta({ description: 'Weight of single days, as { sat: 0.7, sun: 0.6 }; the others weigh 1, the mean stays.' }),
    noise: z
      .strictObject({
        sigma: zPercent.meta({ description: 'Standard deviation of the logarithm, as 10%.' }),
        correlation: zDuration
          .refine((value) => value > 0, { message: 'must be above 0' })
          .default(zDuration.parse('30m'))
          .meta({ description: 'After this time the correlation has fallen to 1/e.' }),
      })
      .optional()
      .meta({ description: 'Slow random swings on top of the curve; none by default.' }),
  })
  .superRefine((spec, context) => {
    const weights = dayNames.map((day) => spec.week[day] ?? 1);
    if (weights.every((weight) => weight === 0)) {
      context.addIssue({ code: 'custom', path: ['week'], message: 'must leave a day with traffic, all weigh 0' });
    }
    const lowest = lowestOfDay(waves(spec));
    if (lowest < -1e-9) {
      const message = `must leave no negative rate, the lowest would be ${lowest.toFixed(2)} of the mean: lower it, or flatten the night with a halfDay wave`;
      context.addIssue({ code: 'custom', path: ['peakToMean'], message });
    }
    if (spec.peakToMean < 1) {
      context.addIssue({ code: 'custom', path: ['peakToMean'], message: `must be at least 1, was ${spec.peakToMean}` });
    }
  })
  .meta({ description: 'Traffic by day and week.' });

/** Diurnal traffic as written, units resolved. */
export type DiurnalSpec = z.output<typeof diurnalSchema>;

/**
 * Amplitudes and phases of the two waves, so that the rate at `peakAt` is `peakToMean` times the mean.
 *
 * A single wave cannot peak above twice its mean without going below zero. Above that, the smallest half-daily wave that keeps the
 * night at zero is added: with a1 = 1 + a2 and a1 + a2 = peak - 1, a2 = peak / 2 - 1, and this holds up to a2 = 1/3, a peak of 8/3.
 */
export function waves(spec: Pick<DiurnalSpec, 'peakToMean' | 'peakAt' | 'halfDay'>) {
  const halfDailyAmplitude = spec.halfDay?.amplitude ?? Math.max(0, spec.peakToMean / 2 - 1);
  const halfDailyPeakMicros = spec.halfDay?.peakAt ?? spec.peakAt;
  const atPeak = halfDailyAmplitude * Math.cos((4 * Math.PI * (spec.peakAt - halfDailyPeakMicros)) / DAY_MICROS);
  return {
    dailyAmplitude: spec.peakToMean - 1 - atPeak,
    dailyPeakMicros: spec.peakAt,
    halfDailyAmplitude,
    halfDailyPeakMicros,
  };
}

function lowestOfDay(shape: ReturnType<typeof waves>): number {
  let lowest = Infinity;
  for (let minute = 0; minute < 1440; minute += 1) lowest = Math.min(lowest, dayCurve(shape, minute * 60e6));
  return lowest;
}
