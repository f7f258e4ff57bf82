import { z } from 'zod';
import { type Micros, micros } from '../kernel/micros.js';

/** A quantity with its unit, as people of the field write it, turned into one number in a fixed unit. */
interface Notation {
  readonly pattern: RegExp;
  readonly factors: Readonly<Record<string, number>>;
  readonly expected: string;
}

function parse(text: string, notation: Notation): number | null {
  const match = notation.pattern.exec(text.trim());
  if (match === null) return null;
  const factor = notation.factors[match[2] ?? ''];
  const value = Number(match[1]) * factor;
  return factor !== undefined && Number.isFinite(value) ? value : null;
}

function quantity(notation: Notation) {
  return z
    .union([z.string(), z.number()], { error: `must be ${notation.expected}` })
    .transform((written, context) => {
      const value = parse(String(written), notation);
      if (value !== null) return value;
      context.addIssue({ code: 'custom', message: `must be ${notation.expected}, was ${JSON.stringify(written)}` });
      return z.NEVER;
    })
    .meta({ description: notation.expected });
}

const decimal = String.raw`^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)`;

const durationNotation: Notation = {
  pattern: new RegExp(String.raw`${decimal}\s*(us|µs|ms|s|m|h|d|w)$`),
  factors: { us: 1, µs: 1, ms: 1e3, s: 1e6, m: 6e7, h: 3.6e9, d: 8.64e10, w: 6.048e11 },
  expected: 'a length of time with its unit, as 250ms, 15s, 5m, 24h or 2d, not negative',
};

const percentNotation: Notation = {
  pattern: new RegExp(String.raw`${decimal}\s*(%)$`),
  factors: { '%': 0.01 },
  expected: 'a percentage, as 99.9%',
};

const rateNotation: Notation = {
  pattern: new RegExp(String.raw`${decimal}\s*\/\s*(s|m|h)$`),
  factors: { s: 1, m: 1 / 60, h: 1 / 3600 },
  expected: 'a rate, as 300/s, 12/m or 40/h',
};

const cpuNotation: Notation = {
  pattern: new RegExp(String.raw`${decimal}(m?)$`),
  factors: { '': 1000, m: 1 },
  expected: 'an amount of CPU, as 500m or 2 (cores)',
};

const memoryNotation: Notation = {
  pattern: new RegExp(String.raw`${decimal}(Ki|Mi|Gi|Ti|k|M|G|T)$`),
  factors: {
    Ki: 1 / 1024,
    Mi: 1,
    Gi: 1024,
    Ti: 1024 ** 2,
    k: 1e3 / 2 ** 20,
    M: 1e6 / 2 ** 20,
    G: 1e9 / 2 ** 20,
    T: 1e12 / 2 ** 20,
  },
  expected: 'an amount of memory with its unit, as 512Mi or 2Gi',
};

const bytesNotation: Notation = {
  pattern: new RegExp(String.raw`${decimal}\s*(B|kB|KiB|MB|MiB|GB|GiB)$`),
  factors: { B: 1, kB: 1e3, KiB: 1024, MB: 1e6, MiB: 2 ** 20, GB: 1e9, GiB: 2 ** 30 },
  expected: 'a size with its unit, as 800B, 12kB or 1MiB',
};

const bandwidthNotation: Notation = {
  pattern: new RegExp(String.raw`${decimal}\s*(kB|KiB|MB|MiB|GB|GiB|Mbit|Gbit)\s*\/\s*s$`),
  factors: {
    kB: 1e3 / 2 ** 20,
    KiB: 1 / 1024,
    MB: 1e6 / 2 ** 20,
    MiB: 1,
    GB: 1e9 / 2 ** 20,
    GiB: 1024,
    Mbit: 1e6 / 8 / 2 ** 20,
    Gbit: 1e9 / 8 / 2 ** 20,
  },
  expected: 'a bandwidth, as 50MiB/s, 100MB/s or 10Gbit/s',
};

const timesNotation: Notation = {
  pattern: new RegExp(String.raw`${decimal}\s*(x)$`),
  factors: { x: 1 },
  expected: 'a factor, as 2x or 0.5x',
};

/** Length of time, `250ms` to `2w`, in whole microseconds. */
export const zDuration = quantity(durationNotation).transform((value): Micros => micros(value));

/** The same, of any length but none. */
export const zPositiveDuration = zDuration.refine((value) => value > 0, { message: 'must be above 0' });

/** Percentage as a fraction: `99.9%` is 0.999. */
export const zPercent = quantity(percentNotation).transform((value) => Number(value.toPrecision(15)));

/** Percentage between 0% and 100% as a fraction. */
export const zShare = zPercent.refine((value) => value <= 1, { message: 'must be between 0% and 100%' });

/** Rate in events per second. */
export const zRate = quantity(rateNotation);

/** CPU in thousandths of a core. */
export const zCpu = quantity(cpuNotation);

/** Memory in MiB. */
export const zMemory = quantity(memoryNotation);

/** Size of a message in bytes. */
export const zBytes = quantity(bytesNotation);

/** Bandwidth in MiB per second. */
export const zBandwidth = quantity(bandwidthNotation);

/** Factor: `2x` is 2. */
export const zTimes = quantity(timesNotation);

/** Reads a length of time from a command line, or null where it is none. */
export function parseDuration(text: string): Micros | null {
  const value = parse(text, durationNotation);
  return value === null ? null : micros(value);
}
