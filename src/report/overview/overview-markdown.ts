import { escapeMarkdown, markdownTable } from '../format/markdown-text.js';
import type { Overview } from './overview-run.js';
import { overviewSentence } from './overview-sentence.js';
import { type OverviewTable, runsTable, variantsTable } from './overview-tables.js';

/** The overview as Markdown ready to paste into a pull request. */
export function overviewMarkdown(overview: Overview): string {
  const { question } = overview.runs[0].result;
  const runs = runsTable(overview);
  const linked = runs.rows.map(([folder, ...cells]) => [
    `[${escapeMarkdown(folder)}](${encodeURI(folder)}/report.md)`,
    ...cells.map(escapeMarkdown),
  ]);
  const variants = variantsTable(overview);
  const parts = [
    `# ${escapeMarkdown(overview.name)}`,
    question === '' ? '' : `*${escapeMarkdown(question)}*`,
    `**${escapeMarkdown(overviewSentence(overview))}**`,
    drawn(
      variants,
      variants.rows.map((row) => row.map(escapeMarkdown)),
      [2, 3, 4, 5, 6],
    ),
    drawn(runs, linked, [2, 4, 5, 6]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function drawn(
  { caption, head }: OverviewTable,
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string {
  return `### ${escapeMarkdown(caption)}\n\n${markdownTable(head.map(escapeMarkdown), rows, right)}`;
}
