import { formatElapsed } from '../format/clock.js';
import { formatCount, formatNumber, formatSeconds } from '../../domain/number-format.js';

/** Unit words at the end of a key, and how a number with that unit is written. */
const UNITS: readonly (readonly [suffix: string, write: (value: number) => string])[] = [
  ['Clock', (value) => formatElapsed(value / 1e6)],
  ['Seconds', formatSeconds],
  ['Micros', (value) => formatSeconds(value / 1e6)],
  ['Percent', (value) => `${formatNumber(value)}%`],
  ['MiB', (value) => `${formatNumber(value)} MiB`],
  ['Millis', (value) => `${formatNumber(value)} millicores`],
  ['PerHour', (value) => `$${formatNumber(value)} an hour`],
  ['PerSecond', (value) => `${formatCount(value)}/s`],
];

const RESOURCES: Readonly<Record<string, string>> = { cpuMillis: 'millicores', memoryMiB: 'MiB', pods: 'pods' };

/** One of the numbers a rule saw, in the unit that its key ends in (`windowSeconds`, `shareOfPercent`, `memoryMiB`). */
export function formatRuleNumber(key: string, value: number | string): string {
  if (typeof value === 'string')
    return key === 'resource' && Object.hasOwn(RESOURCES, value) ? RESOURCES[value] : value;
  const unit = UNITS.find(([suffix]) => key.endsWith(suffix) || key.toLowerCase() === suffix.toLowerCase());
  return unit === undefined ? formatNumber(value) : unit[1](value);
}

/** A key as words, without its unit: `downWindowSeconds` is `down window`. */
export function ruleNumberName(key: string): string {
  const unit = UNITS.find(([suffix]) => key.endsWith(suffix) && key.length > suffix.length);
  const name = unit === undefined ? key : key.slice(0, -unit[0].length);
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
}
