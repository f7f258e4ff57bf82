import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { judges } from './judges.js';
import { type VectorCase, zVectorFile } from './vector-file.js';

/** One case that does not hold, and why. */
export interface Failure {
  readonly name: string;
  readonly kind: string;
  /** Whether anybody judges cases of this kind. */
  readonly supported: boolean;
  readonly differences: readonly string[];
}

/** How one file fared. */
export interface FileReport {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly total: number;
  /** Whether at least one of its cases is of a kind that somebody judges. */
  readonly supported: boolean;
  readonly failures: readonly Failure[];
}

/** Judges every case of a file; a file that cannot be read is one failure. */
export function judgeFile(path: string): FileReport {
  const file = basename(path);
  const cases = readCases(path);
  if (typeof cases === 'string') {
    const failure = { name: '(the file)', kind: 'unreadable', supported: false, differences: [cases] };
    return { file, passed: 0, failed: 1, total: 1, supported: false, failures: [failure] };
  }
  const kinds = cases.map((vector) => kindOf(vector.kind ?? file));
  const failures = cases.flatMap((vector, index) => judgeCase(vector, kinds[index]));
  return {
    file,
    passed: cases.length - failures.length,
    failed: failures.length,
    total: cases.length,
    supported: kinds.some((kind) => kind in judges),
    failures,
  };
}

function judgeCase(vector: VectorCase, kind: string): readonly Failure[] {
  if (!(kind in judges)) return [{ name: vector.name, kind, supported: false, differences: ['not supported'] }];
  const differences = judgeSafely(vector, kind);
  return differences.length === 0 ? [] : [{ name: vector.name, kind, supported: true, differences }];
}

/** A case that cannot be read, or that makes us throw, is a case that failed. */
function judgeSafely(vector: VectorCase, kind: string): readonly string[] {
  try {
    return judges[kind](vector);
  } catch (error) {
    if (error instanceof z.ZodError) return [`the case does not fit its schema: ${z.prettifyError(error)}`];
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** Further vectors of a kind may lie in a file whose name says more than the kind: the longest kind that is part of it counts. */
function kindOf(file: string): string {
  const name = file.replace(/\.json$/, '');
  const known = Object.keys(judges).filter((kind) => name.includes(kind));
  return known.sort((a, b) => b.length - a.length).at(0) ?? name;
}

function readCases(path: string): readonly VectorCase[] | string {
  try {
    const parsed = zVectorFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data.cases.map(withoutNote) : z.prettifyError(parsed.error);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What is expected may have a note, which nobody judges. */
function withoutNote(vector: VectorCase): VectorCase {
  const { expect } = vector;
  if (typeof expect !== 'object' || expect === null || !('note' in expect)) return vector;
  const { note, ...rest } = expect;
  return { ...vector, note, expect: rest };
}
