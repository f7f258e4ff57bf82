import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../domain/errors.js';
import type { Decision } from '../domain/decision.js';
import { formatSeconds } from '../domain/number-format.js';

/** What a run lasts from, in seconds since the end of its warm-up, and until when. */
export interface RunLength {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Calendar instant of second 0, in microseconds since 1970. */
  readonly originEpochMicros: number;
}

const zLength = z.object({ durationSeconds: z.number(), warmUpSeconds: z.number() });

/** How long a run lasts, as the result beside its journal says; without one, as far as its decisions go. */
export async function runLength(
  folder: string | null,
  decisions: readonly Decision[],
  originEpochMicros: number,
): Promise<RunLength> {
  const file = folder === null ? null : join(folder, 'result.json');
  if (file !== null && existsSync(file)) {
    const read = zLength.safeParse(JSON.parse(await readFile(file, 'utf8')));
    if (read.success) {
      const { durationSeconds, warmUpSeconds } = read.data;
      return { fromSeconds: -warmUpSeconds, toSeconds: durationSeconds, originEpochMicros };
    }
  }
  const times = decisions.map(({ at }) => at / 1e6);
  return { fromSeconds: times.at(0) ?? 0, toSeconds: times.at(-1) ?? 0, originEpochMicros };
}

/** Throws InputError for an instant outside of a run; where it is a time of day that the run goes through, the error says what was meant. */
export function requireWithin(
  seconds: number,
  { text, option }: { readonly text: string; readonly option: string },
  length: RunLength,
  clock: (seconds: number) => string,
): void {
  const { fromSeconds, toSeconds, originEpochMicros } = length;
  if (seconds >= fromSeconds && seconds <= toSeconds) return;
  const start = originEpochMicros / 1e6;
  const asDayTime = (((seconds - start) % DAY) + DAY) % DAY;
  const meant = seconds > toSeconds && asDayTime <= toSeconds ? asDayTime : null;
  const hint =
    meant === null
      ? 'Give the time since its start, as 03:30, or the calendar time, as 2026-01-05T12:03Z.'
      : `Did you mean ${utcTime(start + meant)} UTC = ${clock(meant)}?`;
  const warmUp = fromSeconds < 0 ? `, after ${formatSeconds(-fromSeconds)} of warm-up` : '';
  throw new InputError(
    { source: option },
    `must be within the run, was ${JSON.stringify(text)}: the run lasts ${formatSeconds(toSeconds)}${warmUp} (${utcTime(start)} to ${utcTime(start + toSeconds)} UTC)`,
    hint,
  );
}

const DAY = 86_400;

function utcTime(epochSeconds: number): string {
  const iso = new Date(epochSeconds * 1000).toISOString();
  return iso.slice(11, 19);
}
