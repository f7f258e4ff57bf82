import type { StageOutcome } from '../domain/decision.js';

/** What a stage gave, and what became of it. */
export interface Guarded<Output> {
  readonly output: Output;
  readonly outcome: StageOutcome;
}

/** How a stage is run: what it does, what is wrong with what it gave, and what holds in its place. */
export interface Attempt<Output> {
  readonly stage: StageOutcome['stage'];
  readonly run: () => Output;
  /** What is wrong, in words; null when nothing is. */
  readonly check: (output: Output) => string | null;
  readonly note: (output: Output) => string;
  readonly fallback: (reason: string) => Output;
}

/** Runs a stage so that neither an exception nor garbage gets out of it: a fault in one workload's policy must not stop the others. */
export function guard<Output>({ stage, run, check, note, fallback }: Attempt<Output>): Guarded<Output> {
  const failed = (reason: string): Guarded<Output> => ({
    output: fallback(reason),
    outcome: { stage, status: 'failed', note: reason },
  });
  try {
    const output = run();
    const wrong = check(output);
    return wrong === null ? { output, outcome: { stage, status: 'ran', note: note(output) } } : failed(wrong);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}
