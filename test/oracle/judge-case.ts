import { BatchRun } from './batch-run.js';
import { type DrawReport, drawReport } from './judge-draws.js';
import type { OracleCase } from './oracle-case.js';

/** One line of the oracle's output. */
export interface OracleResult {
  readonly family: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly quantity: string;
  readonly expected: number;
  readonly simulated: number;
  readonly halfWidth: number;
  readonly relativeError: number;
  readonly pass: boolean;
  /** Largest half-width allowed, as a share of `expected`. */
  readonly tolerance: number;
  readonly requests: number;
  /** 1, or 2 when the first seed's interval missed and the second's is shown. */
  readonly attempt: number;
  /** Of the run, which rows of the same system share. */
  readonly cpuSeconds: number;
}

/** What is found of one case: its rows, and what the draws of all its runs came to. */
export interface Verdict {
  readonly results: readonly OracleResult[];
  readonly draws: readonly DrawReport[];
  readonly cpuSeconds: number;
}

/** Few looks at a growing run, since each is another chance to stop while the interval happens to be narrow. */
const MOST_DOUBLINGS = 2;

/** Fixed beforehand: a case's first seed, and the one of its second and last chance. */
const SEEDS = [20_000, 90_000] as const;

/** Judges one case; `index` is its position among all cases and fixes its seeds. */
export function judgeCase(oracleCase: OracleCase, index: number): Verdict {
  const first = attempt(oracleCase, index, 1);
  if (first.results.every(({ pass }) => pass)) return first;
  const second = attempt(oracleCase, index, 2);
  return {
    results: first.results.map((result, i) => (result.pass ? result : second.results[i])),
    draws: [...first.draws, ...second.draws],
    cpuSeconds: first.cpuSeconds + second.cpuSeconds,
  };
}

/** Lengthens the run until every interval is narrow enough, then looks where the expected values lie. */
function attempt(oracleCase: OracleCase, index: number, number: 1 | 2): Verdict {
  const start = process.cpuUsage();
  const run = new BatchRun(oracleCase, SEEDS[number - 1] + index, MOST_DOUBLINGS);
  const { judged } = oracleCase;
  const isNarrow = (): boolean => judged.every((one, i) => run.interval(i).halfWidth <= one.tolerance * one.expected);
  run.lengthen();
  for (let doublings = 0; doublings < MOST_DOUBLINGS && !isNarrow(); doublings += 1) run.lengthen();
  const used = process.cpuUsage(start);
  const cpuSeconds = (used.user + used.system) / 1e6;
  const results = judged.map(({ quantity, expected, tolerance }, i) => {
    const { estimate, halfWidth } = run.interval(i);
    return {
      family: oracleCase.family,
      parameters: oracleCase.parameters,
      quantity,
      expected,
      simulated: estimate,
      halfWidth,
      relativeError: (estimate - expected) / expected,
      pass: Math.abs(estimate - expected) <= halfWidth && halfWidth <= tolerance * expected,
      tolerance,
      requests: Math.round(run.requests),
      attempt: number,
      cpuSeconds,
    };
  });
  return { results, draws: drawReport(run), cpuSeconds };
}
