import { describe, expect, test } from 'vitest';
import { reportMarkdown } from '../../src/report/markdown.js';
import { summaryText } from '../../src/report/summary-text.js';
import { syntheticReport } from './fixtures/synthetic-report.js';

const report = syntheticReport({ stepSeconds: 60, load: 1.45 });

describe('report.md', () => {
  const text = reportMarkdown(report, { reproduce: 'hindcast run scenarios/flash-sale.yaml --seed 7' });

  test('begins with the scenario, its question and the verdict', () => {
    const [title, question, verdict] = text.split('\n\n');
    expect(title).toBe('# flash-sale');
    expect(question).toBe('*Does checkout survive the sale with an HPA at 60% CPU?*');
    expect(verdict).toMatch(/^\*\*Lost: .* within 300 ms \(target 99\.9%\), p99 1\.24 s/);
  });

  test.each([
    '| Failed requests |',
    '| `latencyMs.p99 < 400` | 1,240 | **crossed** |',
    '| stabilized | a stabilization window held it |',
    '| 17:36:00 | web | 12 → 16 | a rate policy limited the step |',
    '❓ guessed',
    '- A pod serves its requests first come, first served on 16 workers.',
    '| Instead: fixed at peak | $29.23 | this run 38.3% cheaper |',
    '`hindcast run scenarios/flash-sale.yaml --seed 7`',
    '`b6d767d2f8ed5d21a44b0e5886680cb9`',
  ])('contains %s', (line) => {
    expect(text).toContain(line);
  });

  test('every table has as many cells in each row as in its head', () => {
    const tables = text.split('\n\n').filter((part) => part.startsWith('|'));
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) {
      const widths = table.split('\n').map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  test('hostile names stay text', () => {
    const name = `x | <script>alert('1')</script> \`a\` @team`;
    const hostile = reportMarkdown(syntheticReport({ stepSeconds: 600, name, workload: name, question: name }));
    const outsideCode = hostile.replace(/(`+) .*? \1(?!`)/g, '');
    expect(outsideCode).not.toContain('<script>alert');
    expect(hostile).toContain('&lt;script&gt;');
    expect(outsideCode).not.toMatch(/(?<!\w)@team/);
  });
});

describe('the summary in the terminal', () => {
  const text = summaryText(report.result);

  test('has the verdict, aligned figures, thresholds, reasons, guesses and the journal', () => {
    expect(text).toContain('Lost: ');
    expect(text).toMatch(/Threshold CROSSED +1,240 {2}latencyMs\.p99 < 400/);
    expect(text).toContain('Guessed, so measure these first: CPU demand of browse.');
    expect(text).toContain('Journal b6d767d2f8ed5d21a44b0e5886680cb9 (48,211 entries), seed 7');
    const figures = text.split('\n').filter((line) => /^ {2}(Served|Latency|Failed|Cost|Pods)/.test(line));
    expect(figures).toHaveLength(5);
    const values = ['99.0', '1.24 s', '58,', '$18.04', '30'];
    expect(figures.map((line) => /^(.*?\S) {2}\S.*$/.exec(line.slice(2))?.[0] !== undefined)).toEqual(
      values.map(() => true),
    );
  });

  test('a name with control characters cannot move the cursor', () => {
    const { result } = syntheticReport({ stepSeconds: 600, name: 'a\u001b[2Jb\nc', question: '\u202Eevil' });
    expect(summaryText(result).replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(summaryText(result).split('\n')[0]).toBe('a [2Jb c:  evil');
  });
});
