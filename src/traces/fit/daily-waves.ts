import { DAY_MICROS } from './day-micros.js';
import { meanOfValues } from './traffic-statistics.js';

/** The two waves of a day, as `dayCurve` takes them. */
export interface DailyWaves {
  readonly dailyAmplitude: number;
  readonly dailyPeakMicros: number;
  readonly halfDailyAmplitude: number;
  readonly halfDailyPeakMicros: number;
}

/** First and second harmonic of a day's profile of equal bins, as shares of its mean: the least-squares fit of the two waves. */
export function dailyWaves(profile: Float64Array): DailyWaves {
  const daily = harmonic(profile, 1);
  const halfDaily = harmonic(profile, 2);
  return {
    dailyAmplitude: daily.amplitude,
    dailyPeakMicros: daily.peakMicros,
    halfDailyAmplitude: halfDaily.amplitude,
    halfDailyPeakMicros: halfDaily.peakMicros,
  };
}

/** Amplitude over mean and first peak of the wave that goes round `times` a day; values stand for the middle of their bins. */
function harmonic(profile: Float64Array, times: number): { readonly amplitude: number; readonly peakMicros: number } {
  const mean = meanOfValues(profile);
  let cos = 0;
  let sin = 0;
  profile.forEach((value, i) => {
    const turn = (2 * Math.PI * times * (i + 0.5)) / profile.length;
    cos += (2 * value * Math.cos(turn)) / (profile.length * mean);
    sin += (2 * value * Math.sin(turn)) / (profile.length * mean);
  });
  const part = (Math.atan2(sin, cos) / (2 * Math.PI) + 1) % 1;
  return { amplitude: Math.hypot(cos, sin), peakMicros: Math.round((part * DAY_MICROS) / times) };
}
