import type { RunResult } from '../domain/run-result.js';
import {
  formatCount,
  formatMilliseconds,
  formatNumber,
  formatSeconds,
  formatShare,
  formatWhole,
} from '../domain/number-format.js';
import { arrivalSentence } from './arrival-sentence.js';
import { reasonLabel } from './explain/reason-label.js';
import { guessList } from './guess-list.js';
import { jvmRows } from './jvm-table.js';
import { keyFigures } from './key-figures.js';
import { verdictOf } from './verdict.js';

const REASONS_SHOWN = 4;

/** The summary that a terminal shows after a run: verdict, aligned key figures, thresholds, reasons, journal. No colours; no trailing blank line. */
export function summaryText(result: RunResult): string {
  const figures = keyFigures(result).map(({ label, value, note }): Row => [label, value, note]);
  const thresholds = result.thresholds.map(({ threshold, value, met }): Row => [
    `Threshold ${met ? 'met' : 'CROSSED'}`,
    formatNumber(value),
    oneLine(threshold),
  ]);
  const reasons = Object.entries(result.decisions)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, REASONS_SHOWN)
    .map(([reason, count], index): Row => [
      index === 0 ? 'Decisions' : '',
      formatWhole(count),
      oneLine(reasonLabel(reason)),
    ]);
  const guessed = guessList(result).map(({ what }) => oneLine(what));
  const arrivals = arrivalSentence(result);
  return [
    oneLine(`${result.identity.scenario}: ${result.question}`),
    ...(result.answer === null ? [] : [oneLine(result.answer)]),
    oneLine(verdictOf(result).sentence),
    '',
    ...aligned([
      ...figures,
      ...queueRows(result),
      ...jvmRows(result).map(([label, value, note]): Row => [oneLine(label), value, oneLine(note)]),
      ...thresholds,
      ...reasons,
    ]),
    ...(arrivals === null ? [] : ['', oneLine(arrivals)]),
    ...(result.cautions ?? []).flatMap((caution) => ['', `Caution: ${oneLine(caution)}`]),
    ...(guessed.length === 0 ? [] : ['', `Guessed, so measure these first: ${firstOf(guessed)}.`]),
    '',
    `Journal ${result.journal.hash} (${formatWhole(result.journal.entries)} entries), seed ${result.identity.seed}`,
  ].join('\n');
}

/** A list of a dozen says nothing about what comes first. */
const FIRST = 4;

function firstOf(guessed: readonly string[]): string {
  const more = guessed.length - FIRST;
  return more <= 1 ? guessed.join(', ') : `${guessed.slice(0, FIRST).join(', ')}; ${more} more in the report`;
}

type Row = readonly [label: string, value: string, note: string];

/** How late each queue ran, and what did not go straight through it. */
function queueRows({ queues = {} }: RunResult): readonly Row[] {
  return Object.entries(queues).map(([name, { oldestAgeSeconds: age, slo, ...of }]): Row => {
    const share = `${formatShare(1 - slo.violatedShare)} of ${formatCount(of.published)} jobs within ${formatMilliseconds(slo.latencyMs)}`;
    const open = of.waitingAtEnd + of.inProgressAtEnd;
    const rest = `${formatWhole(of.redelivered)} redelivered, ${formatWhole(of.dead)} dead, ${formatWhole(open)} open at the end`;
    return [
      `Oldest job of ${oneLine(name)}`,
      formatSeconds(age.max),
      `p95 ${formatSeconds(age.p95)}; ${share}; ${rest}`,
    ];
  });
}

/** Labels to the left, values to the right of their column, notes after two spaces. */
function aligned(rows: readonly Row[]): readonly string[] {
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  return rows.map(([label, value, note]) =>
    `  ${label.padEnd(width(0))}  ${value.padStart(width(1))}  ${note}`.trimEnd(),
  );
}

/** Control characters, among them the escapes that move a terminal's cursor, become spaces. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
}
