import type { PlannedRun, RunPlan } from '../experiment/scenario/load-runs.js';

/** The command line of `hindcast run`. */
export interface RunOptions {
  scenario: string;
  out: string | undefined;
  seed: string | undefined;
  seeds: string | undefined;
  variant: string[] | undefined;
  set: string[] | undefined;
  'arrivals-check': boolean;
  json: boolean;
  quiet: boolean;
}

/** The command that makes one run of a plan again. */
export function reproduction({ scenario, seed, set }: RunOptions, plan: RunPlan, run: PlannedRun): string {
  const changes = (set ?? []).map((change) => `--set ${quoted(change)}`);
  const variant = plan.labelled ? ['--variant', run.variant] : [];
  const seeded = plan.labelled || seed !== undefined ? ['--seed', String(run.seed)] : [];
  return ['hindcast run', quoted(scenario), ...variant, ...seeded, ...changes].join(' ');
}

/** A word as a POSIX shell reads it back unchanged. */
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
