import type { ChartUnit } from './chart-plan.js';

const FORMATS: Readonly<Record<Exclude<ChartUnit, 'duration'>, string>> = {
  rate: ',~g',
  pods: ',~d',
  milliseconds: ',~f',
  share: '.0%',
  count: '~s',
  usd: '$,~f',
  usdPerHour: '$,~f',
};

const CENTS = '$,.2f';

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
 * @param high largest value that the chart draws; money of a few dollars is written with its cents throughout
 */
export function valueLabel(unit: Exclude<ChartUnit, 'duration'>, high: number): string {
  const money = unit === 'usd' || unit === 'usdPerHour';
  // Between 5 cents and 5 dollars ticks fall on whole cents, and not all on whole dollars.
  const plain = `format(datum.value, '${money && high >= 0.05 && high <= 5 ? CENTS : FORMATS[unit]}')`;
  // Thousands of requests have a letter; a part of one must not read as "200m".
  return unit === 'rate' ? `datum.value >= 1e4 ? format(datum.value, '~s') : ${plain}` : plain;
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
