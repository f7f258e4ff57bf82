import type { PlannedRun, RunPlan } from '../experiment/scenario/load-runs.js';
import type { PluginWords } from './plugin-option.js';
import type { RunSourceWords } from './run-source.js';

/** The command line of `hindcast run`. */
export interface RunOptions extends RunSourceWords, PluginWords {
  'arrivals-check': boolean;
  json: boolean;
}

/** The command that makes one run of a plan again. */
export function reproduction({ seed, set, plugin }: RunOptions, plan: RunPlan, run: PlannedRun): string {
  const changes = (set ?? []).map((change) => `--set ${quoted(change)}`);
  const plugins = (plugin ?? []).map((file) => `--plugin ${quoted(file)}`);
  const variant = plan.labelled ? ['--variant', run.variant] : [];
  const seeded = plan.labelled || seed !== undefined ? ['--seed', String(run.seed)] : [];
  return ['hindcast run', quoted(run.scenario.tree.file), ...plugins, ...variant, ...seeded, ...changes].join(' ');
}

/** A word as a POSIX shell reads it back unchanged. */
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
