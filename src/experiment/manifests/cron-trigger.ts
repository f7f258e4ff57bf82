import { parseCron } from '../../domain/schedule/parse-cron.js';
import type { Leaf } from './draft.js';
import { guessed, known } from './draft-parts.js';
import type { ScaledObjectManifest } from './scaled-object-manifest.js';
import { utcOffset } from './utc-offset.js';

/** A trigger by the clock, in the notation of the `keda` policy. Throws InputError at a time, a zone or a number that cannot be read. */
export function cronTrigger({ manifest, triggers }: ScaledObjectManifest, i: number, name: string): Leaf {
  const { metadata } = triggers[i];
  const path = ['spec', 'triggers', i, 'metadata'];
  const desired = desiredOf(metadata);
  if (desired === null) {
    const was = metadata.desiredReplicas ?? 'missing';
    manifest.reject([...path, 'desiredReplicas'], `must be a whole number from 1, was ${was}`);
  }
  for (const key of ['start', 'end']) {
    const read = parseCron(metadata[key] ?? '');
    if (typeof read === 'string') manifest.reject([...path, key], `must be a cron expression: ${read}`);
  }
  const zone = metadata.timezone ?? 'UTC';
  const offset = utcOffset(zone);
  if (offset === null) {
    return manifest.reject([...path, 'timezone'], `must be a time zone, as Europe/Berlin, was ${JSON.stringify(zone)}`);
  }
  const text = `{ type: cron, name: ${name}, start: ${JSON.stringify(metadata.start)}, end: ${JSON.stringify(metadata.end)}, utcOffset: "${offset}", desiredReplicas: ${desired} }`;
  const place = manifest.origin([...path, 'timezone'], `timezone ${zone}`);
  if (zone === 'UTC' || zone === 'Etc/UTC') return known(text, manifest.place(['spec', 'triggers', i]));
  return guessed(text, {
    topic: 'scaling',
    why: `${place} as it is in January; daylight saving time is not followed`,
    measure: 'the zone and season of the traffic that you replay',
  });
}

function desiredOf({ desiredReplicas }: Readonly<Record<string, string>>): number | null {
  const desired = Number(desiredReplicas);
  return Number.isSafeInteger(desired) && desired >= 1 ? desired : null;
}
