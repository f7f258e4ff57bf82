import type { Comparison, MetricComparison, RunComparison } from '../../domain/comparison.js';
import { plural } from '../../domain/number-format.js';
import { formatResult } from '../../domain/result-unit.js';
import { differenceText, intervalText, relativeText } from './difference-text.js';
import { judgeDifference } from './judge-difference.js';
import { metricLabel } from './metric-label.js';

/** A table of plain text; the terminal and Markdown draw it each in their way. */
export interface ComparisonTable {
  readonly head: readonly string[];
  readonly rows: readonly ComparisonRow[];
}

/** A row, with the columns whose difference is certain enough to be stressed. */
export interface ComparisonRow {
  readonly cells: readonly string[];
  readonly stressed: readonly number[];
}

/** A comparison in the order in which it is read. */
export interface ComparisonView {
  readonly title: string;
  readonly warnings: readonly string[];
  readonly metrics: ComparisonTable;
  /** Numbers that are the same everywhere, so that the table can leave them out. */
  readonly same: readonly string[];
  readonly settings: ComparisonTable;
  /** How sure the differences are. */
  readonly note: string;
}

const SETTINGS_SHOWN = 40;

/** Brings a comparison into words: two runs with difference, interval and verdict, more of them a column each. */
export function comparisonView(comparison: Comparison): ComparisonView {
  const { first, others } = comparison;
  const names = [...new Set(others.flatMap(({ metrics }) => metrics.map(({ name }) => name)))];
  const lines = names.map((name) => ({ name, found: others.map((other) => metricOf(other, name)) }));
  const moved = lines.filter(({ found }) => found.some((metric) => metric !== null && !isSame(metric)));
  return {
    title: `${others.map(({ name }) => name).join(', ')} against ${first}`,
    warnings: others.flatMap(({ warnings }) => warnings),
    metrics: others.length === 1 ? pairTable(comparison, moved) : columnsTable(comparison, moved),
    same: lines.filter((line) => !moved.includes(line)).map(({ name }) => metricLabel(name)),
    settings: settingsTable(comparison),
    note: noteOf(others),
  };
}

interface Line {
  readonly name: string;
  readonly found: readonly (MetricComparison | null)[];
}

function metricOf({ metrics }: RunComparison, name: string): MetricComparison | null {
  return metrics.find((metric) => metric.name === name) ?? null;
}

function isSame({ difference, low, high }: MetricComparison): boolean {
  return difference === 0 && (low ?? 0) === 0 && (high ?? 0) === 0;
}

function pairTable({ first, others: [other] }: Comparison, lines: readonly Line[]): ComparisonTable {
  const metrics = lines.flatMap(({ found }) => found.filter((metric) => metric !== null));
  const repeated = metrics.some(({ pairs }) => pairs > 1);
  const rows = metrics.map((metric): ComparisonRow => {
    const { word, stressed } = judgeDifference(metric, other.sameWorld);
    const difference = differenceText(metric.unit, metric.difference);
    const values = [formatResult(metric.unit, metric.a), formatResult(metric.unit, metric.b)];
    const interval = repeated ? [intervalText(metric)] : [];
    const verdict = other.sameWorld ? [word] : [];
    const cells = [metricLabel(metric.name), ...values, difference, relativeText(metric), ...interval, ...verdict];
    return { cells, stressed: stressed ? [3, cells.length - 1] : [] };
  });
  const interval = repeated ? ['95% interval'] : [];
  return {
    head: ['', first, other.name, 'Difference', 'Relative', ...interval, ...(other.sameWorld ? ['Verdict'] : [])],
    rows,
  };
}

function columnsTable({ first, others }: Comparison, lines: readonly Line[]): ComparisonTable {
  const rows = lines.map(({ name, found }): ComparisonRow => {
    const known = found.find((metric) => metric !== null);
    const cells = found.map((metric, i) => {
      if (metric === null) return 'n/a';
      const { word } = judgeDifference(metric, others[i].sameWorld);
      return `${formatResult(metric.unit, metric.b)} (${relativeText(metric)}${word === '' ? '' : `, ${word}`})`;
    });
    const stressed = found.flatMap((metric, i) =>
      metric !== null && judgeDifference(metric, others[i].sameWorld).stressed ? [i + 2] : [],
    );
    const a = known == null ? 'n/a' : formatResult(known.unit, known.a);
    return { cells: [metricLabel(name), a, ...cells], stressed };
  });
  return { head: ['', first, ...others.map(({ name }) => name)], rows };
}

function settingsTable({ first, others }: Comparison): ComparisonTable {
  const paths = [...new Set(others.flatMap(({ settings }) => settings.map(({ path }) => path)))];
  const rows = paths.slice(0, SETTINGS_SHOWN).map((path): ComparisonRow => {
    const found = others.map(({ settings }) => settings.find((setting) => setting.path === path));
    const ofFirst = found.find((setting) => setting !== undefined)?.a ?? null;
    const cells = found.map((setting) => written(setting === undefined ? ofFirst : setting.b));
    return { cells: [path, written(ofFirst), ...cells], stressed: [] };
  });
  const left = paths.length - rows.length;
  const more = left === 0 ? [] : [{ cells: [`${left} more`, '', ...others.map(() => '')], stressed: [] }];
  return { head: ['Setting', first, ...others.map(({ name }) => name)], rows: [...rows, ...more] };
}

function written(value: string | null): string {
  return value ?? 'not there';
}

function noteOf(others: readonly RunComparison[]): string {
  if (others.every(({ sameWorld }) => !sameWorld)) {
    return 'No verdicts: a difference between worlds, or over another time, is not that of a choice. Compare rates and shares at most.';
  }
  const metrics = others.filter(({ sameWorld }) => sameWorld).flatMap((other) => other.metrics);
  const pairs = Math.max(0, ...metrics.map((metric) => metric.pairs));
  if (pairs <= 1) {
    return 'One pair of runs: it shows what happened, not how much of it is luck. Run several seeds for intervals; a verdict stands from 1% on.';
  }
  return `Means over ${plural(pairs, 'pair')} of the same seed, with Student's 95% interval of the difference for each number alone; a verdict stands where it leaves out 0.`;
}
