import type { Comparison } from '../../domain/comparison.js';
import { escapeMarkdown, markdownCode, markdownTable } from '../format/markdown-text.js';
import { type ComparisonTable, comparisonView } from './comparison-view.js';

/** A comparison ready to paste into a pull request: only differences that are certain are bold. */
export function comparisonMarkdown(comparison: Comparison): string {
  const view = comparisonView(comparison);
  const parts = [
    `### ${escapeMarkdown(view.title)}`,
    ...view.warnings.map((warning) => `> :warning: ${escapeMarkdown(warning)}`),
    drawn(view.metrics, escapeMarkdown),
    view.same.length === 0 ? '' : `No difference in: ${escapeMarkdown(view.same.join(', '))}.`,
    settings(view.settings),
    `<sub>${escapeMarkdown(view.note)}</sub>`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function settings(table: ComparisonTable): string {
  if (table.rows.length === 0) return 'The settings are the same.';
  return `<details><summary>What was chosen differently (${table.rows.length})</summary>\n\n${drawn(table, markdownCode)}\n\n</details>`;
}

function drawn({ head, rows }: ComparisonTable, first: (text: string) => string): string {
  const cells = rows.map((row) =>
    row.cells.map((cell, i) => {
      const text = i === 0 ? first(cell) : escapeMarkdown(cell);
      return row.stressed.includes(i) ? `**${text}**` : text;
    }),
  );
  const numbers = head.map((_, i) => i).filter((i) => i > 0 && head[i] !== 'Verdict');
  return markdownTable(head.map(escapeMarkdown), cells, numbers);
}
