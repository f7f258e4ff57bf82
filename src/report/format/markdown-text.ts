/** Escapes text for Markdown (GitHub's): one line, no markup, no HTML, no table border, no mention and no issue reference. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/(^|[^\w])([@#])(?=\w)/g, '$1$2<!-- -->')
    .replace(/^([-+]|\d+\.)(?=\s)/, '\\$1');
}

/** A command or hash as inline code; backticks inside make the fence longer. */
export function markdownCode(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** A table of cells that are already Markdown; columns named in `right` (by index) are aligned to the right. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const border = head.map((_, index) => (right.includes(index) ? '---:' : '---'));
  return [head, border, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
