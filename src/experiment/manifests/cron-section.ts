import { parseCron } from '../../domain/schedule/parse-cron.js';
import type { Leaf, Section } from './draft.js';
import { field, guessed, known, remark, section, sequence } from './draft-parts.js';
import type { KedaTrigger, ScaledObjectManifest } from './scaled-object-manifest.js';
import { utcOffset } from './utc-offset.js';

/** The `scheduled` policy for a ScaledObject that goes by the clock alone. Throws InputError at a time that cannot be read. */
export function cronSection(scaledObject: ScaledObjectManifest, min: number): Section {
  const { manifest, triggers } = scaledObject;
  const zones = triggers.map((trigger, i) => offsetOf(scaledObject, trigger, i));
  const overlap =
    triggers.length < 2
      ? []
      : [remark('Where windows overlap, KEDA takes the larger number; here the entry that came last holds.')];
  const entries = triggers.flatMap((trigger, i) => entriesOf(scaledObject, trigger, i, min));
  return section([
    field('policy', known('scheduled', manifest.origin([], 'ScaledObject with cron triggers'))),
    field('utcOffset', zones[0]),
    ...overlap,
    field('schedule', sequence(entries)),
  ]);
}

function offsetOf({ manifest }: ScaledObjectManifest, { metadata }: KedaTrigger, i: number): Leaf {
  const zone = metadata.timezone ?? 'UTC';
  const offset = utcOffset(zone);
  const path = ['spec', 'triggers', i, 'metadata', 'timezone'];
  if (offset === null)
    return manifest.reject(path, `must be a time zone, as Europe/Berlin, was ${JSON.stringify(zone)}`);
  const place = manifest.origin(path, `timezone ${zone}`);
  if (zone === 'UTC' || zone === 'Etc/UTC') return known(`"${offset}"`, place);
  return guessed(`"${offset}"`, {
    topic: 'scaling',
    why: `${place} as it is in January; daylight saving time is not followed, and all entries share one offset`,
    measure: 'the zone and season of the traffic that you replay',
  });
}

function entriesOf(scaledObject: ScaledObjectManifest, { metadata }: KedaTrigger, i: number, min: number): Leaf[] {
  const { manifest } = scaledObject;
  const path = ['spec', 'triggers', i, 'metadata'];
  const desired = Number(metadata.desiredReplicas);
  if (!Number.isSafeInteger(desired) || desired < 0) {
    manifest.reject(
      [...path, 'desiredReplicas'],
      `must be a whole number, was ${metadata.desiredReplicas ?? 'missing'}`,
    );
  }
  const entry = (key: string, replicas: number): Leaf => {
    const cron = metadata[key] ?? '';
    const read = parseCron(cron);
    if (typeof read === 'string') manifest.reject([...path, key], `must be a cron expression: ${read}`);
    return known(`{ cron: ${JSON.stringify(cron)}, replicas: ${replicas} }`, manifest.origin([...path, key], key));
  };
  return [entry('start', Math.max(desired, min)), entry('end', min)];
}
