import type { Overview } from './overview-run.js';
import { overviewSentence } from './overview-sentence.js';
import { variantsTable } from './overview-tables.js';

/** What a terminal shows after the runs of a scenario: which variant is best, and the variants in aligned columns. No trailing blank line. */
export function overviewText(overview: Overview): string {
  const { question } = overview.runs[0].result;
  const { head, rows } = variantsTable(overview);
  return [
    oneLine(question === '' ? overview.name : `${overview.name}: ${question}`),
    oneLine(overviewSentence(overview)),
    '',
    ...aligned([head, ...rows]),
  ].join('\n');
}

/** Words to the left, the numbers from the third column on to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    `  ${row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ')}`.trimEnd(),
  );
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
}
