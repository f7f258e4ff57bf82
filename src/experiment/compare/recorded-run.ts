import { z } from 'zod';
import { InputError } from '../../domain/errors.js';

const zRun = z.looseObject({
  identity: z.object({
    scenario: z.string(),
    scenarioHash: z.string(),
    traceHashes: z.record(z.string(), z.string()),
    seed: z.number(),
    catalogueHash: z.string(),
    version: z.string(),
  }),
  variant: z.string().nullish(),
  durationSeconds: z.number(),
  warmUpSeconds: z.number(),
  settings: z.record(z.string(), z.string()),
});

/** A finished run as its result.json tells it: what identifies it, and its numbers as an open document. */
export type RecordedRun = z.output<typeof zRun>;

const zVersion = z.object({ identity: z.object({ version: z.string() }) });

/**
 * Reads the runs of a `result.json` or of a document `{runs: [...]}` of several.
 *
 * `version` is that of the product: a document of another shape is refused with both. Throws InputError.
 */
export function recordedRuns(text: string, source: string, version: string): readonly RecordedRun[] {
  const document = parsed(text, source);
  const several = z.object({ runs: z.array(z.unknown()).min(1) }).safeParse(document);
  return (several.success ? several.data.runs : [document]).map((run) => recordedRun(run, source, version));
}

function recordedRun(document: unknown, source: string, version: string): RecordedRun {
  const read = zRun.safeParse(document);
  if (read.success) return read.data;
  const written = zVersion.safeParse(document);
  throw new InputError(
    { source },
    written.success
      ? `must be a result that version ${version} can read, was written by ${written.data.identity.version} with other fields`
      : 'must be the result of a run, was another JSON document',
    written.success ? 'Run the scenario again.' : 'Give the folder of a report or its result.json.',
  );
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError({ source }, 'must be JSON', 'Was the file cut off? Run the scenario again.');
  }
}
