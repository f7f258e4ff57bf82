import type { BatchRun } from './batch-run.js';

/** What a figure of the draws came to in one run. */
export interface DrawReport {
  readonly name: string;
  readonly expected: number;
  readonly requests: number;
  readonly mean: number;
  readonly standardError: number;
}

/** A figure of the draws over all runs. */
export interface DrawResult {
  readonly name: string;
  readonly expected: number;
  readonly drawn: number;
  readonly halfWidth: number;
  readonly requests: number;
  readonly pass: boolean;
}

/** Standard errors that a figure may be off: one true figure in three and a half million is off by more. */
const MOST_ERRORS = 5;

/** What the draws of one run came to. */
export function drawReport(run: BatchRun): DrawReport[] {
  return run.drawBatches(Infinity).map(({ figure, expected, batches }) => {
    const n = batches.length;
    const mean = batches.reduce((sum, value) => sum + value, 0) / n;
    const squares = batches.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return {
      name: figure.name,
      expected: figure.expected,
      requests: run.requests,
      mean: figure.expected + mean - expected,
      standardError: Math.sqrt(squares / (n - 1) / n),
    };
  });
}

/**
 * Judges the draws of all runs together, each run by its requests. The rows rest on this: a twin is fed the draws of the system under test, so
 * that a row says that the queue is right given what is drawn, and only these figures, that what is drawn is right.
 */
export function judgeDraws(reports: readonly DrawReport[]): DrawResult[] {
  const names = [...new Set(reports.map(({ name }) => name))];
  return names.map((name) => {
    const runs = reports.filter((report) => report.name === name);
    const requests = runs.reduce((sum, run) => sum + run.requests, 0);
    const weighted = (value: (run: DrawReport) => number): number =>
      runs.reduce((sum, run) => sum + (run.requests / requests) * value(run), 0);
    const surplus = weighted((run) => run.mean - run.expected);
    const variance = runs.reduce((sum, run) => sum + ((run.requests / requests) * run.standardError) ** 2, 0);
    const halfWidth = MOST_ERRORS * Math.sqrt(variance);
    return {
      name,
      expected: weighted((run) => run.expected),
      drawn: weighted((run) => run.mean),
      halfWidth,
      requests,
      pass: Math.abs(surplus) <= halfWidth + ROUNDING,
    };
  });
}

/** What counting by whole requests leaves, where nothing is left to chance. */
const ROUNDING = 1e-6;
