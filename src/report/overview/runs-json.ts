import type { OverviewRun } from './overview-run.js';

/** The document of several runs: `{runs: [...]}`, each a result with its variant and seed, as indented JSON with a final line break. */
export function runsJson(runs: readonly Pick<OverviewRun, 'variant' | 'seed' | 'result'>[]): string {
  return `${JSON.stringify({ runs: runs.map(({ variant, seed, result }) => ({ variant, seed, ...result })) }, null, 2)}\n`;
}
