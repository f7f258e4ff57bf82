import type { OracleResult, Verdict } from './judge-case.js';
import { type DrawResult, judgeDraws } from './judge-draws.js';

/** The document of `npm run oracle -- --json`. */
export interface OracleReport {
  readonly rows: readonly OracleResult[];
  readonly passed: number;
  readonly failed: number;
  /** What the draws of all rows came to. */
  readonly draws: readonly DrawResult[];
  readonly cpuSeconds: number;
}

/** Puts the verdicts together: a row whose draws are not what they should be does not pass, wherever its own interval lies. */
export function judgeRows(verdicts: readonly Verdict[]): OracleReport {
  const draws = judgeDraws(verdicts.flatMap((verdict) => verdict.draws));
  const off = new Set(draws.filter(({ pass }) => !pass).map(({ name }) => name));
  const rows = verdicts.flatMap((verdict) => {
    const sound = verdict.draws.every(({ name }) => !off.has(name));
    return verdict.results.map((result) => ({ ...result, pass: result.pass && sound }));
  });
  const passed = rows.filter(({ pass }) => pass).length;
  const cpuSeconds = verdicts.reduce((sum, verdict) => sum + verdict.cpuSeconds, 0);
  return { rows, passed, failed: rows.length - passed, draws, cpuSeconds };
}
