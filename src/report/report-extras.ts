import type { Episode } from './charts/chart-plan.js';

/** What a report says beyond the result of the run. */
export interface ReportExtras {
  /** The command that makes the same run again; made from the identity where it is not given. */
  readonly reproduce?: string;
  /** Stretches to shade in the charts, as injected faults. */
  readonly episodes?: readonly Episode[];
  /** Name of the journal's file beside the report. */
  readonly journalFile?: string;
}

/** Extras with everything decided. */
export interface SettledExtras {
  readonly reproduce: string;
  readonly episodes: readonly Episode[];
  readonly journalFile: string;
}

/** Fills in what is not given. */
export function settleExtras(
  extras: ReportExtras,
  identity: { readonly scenario: string; readonly seed: number },
): SettledExtras {
  return {
    reproduce: extras.reproduce ?? `hindcast run ${shellWord(identity.scenario)} --seed ${identity.seed}`,
    episodes: extras.episodes ?? [],
    journalFile: extras.journalFile ?? 'journal.jsonl.gz',
  };
}

/** A word as a POSIX shell reads it back unchanged. */
function shellWord(word: string): string {
  return /^[\w./:@%+-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}
