import type { ChartUnit } from './chart-plan.js';

const FORMATS: Readonly<Record<Exclude<ChartUnit, 'duration' | 'milliseconds'>, string>> = {
  rate: ',~g',
  pods: ',~d',
  share: '.0%',
  count: ',~d',
  amount: ',~g',
  usd: '$,~f',
  usdPerHour: '$,~f',
};

/** From here on numbers have a letter for their thousands, those of the ticks below as well. */
const LETTERS_FROM = 1e4;

const CENTS = '$,.2f';

/** Each tick names its unit: milliseconds below a second, seconds from there on. */
const MILLISECONDS =
  "datum.value === 0 ? '0' : datum.value < 1000 ? format(datum.value, ',~f') + ' ms' : format(datum.value / 1000, ',~f') + ' s'";

const SECOND = 1e3;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Largest first: what a step between two ticks is counted in. */
const TIME_UNITS = [
  { name: 'd', ms: DAY },
  { name: 'h', ms: HOUR },
  { name: 'min', ms: MINUTE },
  { name: 's', ms: SECOND },
  { name: 'ms', ms: 1 },
] as const;

const TIME_STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100].map((days) => days * DAY),
];

const MOST_STEPS = 6;

/**
 * Vega expression of a tick's label for every unit but durations.
 *
 * @param high largest value that the chart draws; it decides on cents and on letters for thousands, for all ticks alike
 */
export function valueLabel(unit: Exclude<ChartUnit, 'duration'>, high: number): string {
  if (unit === 'milliseconds') return MILLISECONDS;
  const money = unit === 'usd' || unit === 'usdPerHour';
  // Between 5 cents and 5 dollars ticks fall on whole cents, and not all on whole dollars.
  const cents = money && high >= 0.05 && high <= 5;
  const long = (unit === 'rate' || unit === 'count' || unit === 'amount') && high >= LETTERS_FROM;
  const plain = `format(datum.value, '${cents ? CENTS : FORMATS[unit]}')`;
  // A part of one request, as zooming may show it, must not read as "200m".
  return long ? `datum.value >= 1e3 ? format(datum.value, '~s') : ${plain}` : plain;
}

/** Ticks of an axis of durations, in milliseconds, and the Vega expression of their labels, which name the unit. */
export interface DurationTicks {
  readonly values: readonly number[];
  readonly labelExpr: string;
}

/** At most seven ticks from 0 to beyond the highest value (milliseconds), at round seconds, minutes, hours or days. */
export function durationTicks(high: number): DurationTicks {
  const step = TIME_STEPS.find((size) => high <= size * MOST_STEPS) ?? Math.ceil(high / MOST_STEPS / DAY) * DAY;
  const count = Math.max(1, Math.ceil(high / step));
  const unit = TIME_UNITS.find(({ ms }) => step % ms === 0) ?? TIME_UNITS[4];
  return {
    values: Array.from({ length: count + 1 }, (_, index) => index * step),
    labelExpr: `datum.value === 0 ? '0' : format(datum.value / ${unit.ms}, ',~f') + ' ${unit.name}'`,
  };
}
