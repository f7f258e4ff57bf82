import { z } from 'zod';
import { InputError } from '../domain/errors.js';
import { zFact } from './fact-schema.js';
import type { JournalEntry } from './replay.js';

const zSeq = z.int().min(0);
const zBody = z.record(z.string(), z.unknown());

const zLine = z.union([
  z.strictObject({ seq: zSeq, fact: zFact }),
  z.strictObject({ seq: zSeq, command: zBody }),
  z.strictObject({ seq: zSeq, decision: zBody }),
]);

/** Reads one line of a journal; throws an `InputError` with the place where it is none. `line` counts from 1. */
export function readJournalLine(text: string, source: string, line: number): JournalEntry {
  const read = zLine.safeParse(parseJson(text));
  if (!read.success) {
    const problem = `must be a journal entry {"seq":…,"fact"|"command"|"decision":{…}}, was ${text.slice(0, 80)}`;
    throw new InputError({ source, line }, problem, 'Was the file cut off, or written by another version?');
  }
  const { data } = read;
  if ('fact' in data) return { seq: data.seq, kind: 'fact', body: data.fact };
  if ('command' in data) return { seq: data.seq, kind: 'command', body: data.command };
  return { seq: data.seq, kind: 'decision', body: data.decision };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
