import type { RunReport, RunResult, ScalingEvent } from '../domain/run-result.js';
import { arrivalSentence } from './arrival-sentence.js';
import { formatElapsed } from './format/clock.js';
import { escapeMarkdown, markdownCode, markdownTable } from './format/markdown-text.js';
import { formatNumber, formatSeconds, formatWhole } from '../domain/number-format.js';
import { movedLabel } from './explain/reason-label.js';
import { guessList } from './guess-list.js';
import { identityLines } from './identity-lines.js';
import { keyFigures } from './key-figures.js';
import { type ReportExtras, settleExtras } from './report-extras.js';
import type { ResultTable } from './result-table.js';
import { reasonsTable, resultTables } from './result-tables.js';
import { type Story, worstStory } from './story/worst-story.js';
import { verdictOf } from './verdict.js';

/** A pull request should stay readable: the first actions, and how many more there were. */
const ACTIONS_SHOWN = 40;

/** The report as Markdown ready to paste into a pull request: verdict first, long parts folded away. */
export function reportMarkdown(report: RunReport, extras: ReportExtras = {}): string {
  const { result } = report;
  const { reproduce, journalFile } = settleExtras(extras, result.identity);
  const figures = keyFigures(result).map((figure) =>
    [figure.label, `**${escapeMarkdown(figure.value)}**`, figure.note].map((cell, index) =>
      index === 1 ? cell : escapeMarkdown(cell),
    ),
  );
  const parts = [
    `# ${escapeMarkdown(result.identity.scenario)}`,
    result.question === '' ? '' : `*${escapeMarkdown(result.question)}*`,
    result.answer === null ? '' : escapeMarkdown(result.answer),
    `**${escapeMarkdown(verdictOf(result).sentence)}**`,
    markdownTable(['Key figure', 'Value', 'Against'], figures, [1]),
    story(worstStory(report)),
    ...thresholds(result),
    ...resultTables(result).map((table) => `### ${escapeMarkdown(table.caption)}\n\n${drawn(table)}`),
    `### Why it scaled\n\n${drawn(reasonsTable(result))}`,
    folded('Scaling actions', actions(report.events)),
    cautions(result),
    folded('What is guessed, most important first', guesses(result)),
    folded('How far to trust it', trust(result)),
    folded('What the simulation assumes', assumptions(result)),
    folded('Identity', identity(result, journalFile)),
    `Made by ${markdownCode(reproduce)}: ${escapeMarkdown(formatSeconds(result.durationSeconds))} simulated, seed ${result.identity.seed}, journal ${markdownCode(result.journal.hash)}.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function story(told: Story | null): string {
  if (told === null) return '';
  const beats = told.beats.map(({ who, what }) => `- **${who}**: ${escapeMarkdown(what)}`);
  return `### ${escapeMarkdown(told.title)}\n\n${beats.join('\n')}`;
}

function drawn({ head, rows, words }: ResultTable): string {
  const right = head.map((_, index) => index).filter((index) => index > 0 && !words.includes(index));
  const cells = rows.map((row) => row.map(escapeMarkdown));
  return markdownTable(head.map(escapeMarkdown), cells, right);
}

function thresholds({ thresholds: all }: RunResult): readonly string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ threshold, value, met }) => [
    markdownCode(threshold),
    escapeMarkdown(formatNumber(value)),
    met ? 'met' : '**crossed**',
  ]);
  return [`### Thresholds\n\n${markdownTable(['Threshold', 'Value', 'Outcome'], rows, [1])}`];
}

function actions(events: readonly ScalingEvent[]): string {
  if (events.length === 0) return 'The run never scaled.';
  const rows = events
    .slice(0, ACTIONS_SHOWN)
    .map(({ atSeconds, workload, from, to, reason }) => [
      formatElapsed(atSeconds),
      escapeMarkdown(workload),
      `${from} → ${to}`,
      escapeMarkdown(movedLabel(reason)),
    ]);
  const more =
    events.length > ACTIONS_SHOWN
      ? `\n\n${formatWhole(events.length - ACTIONS_SHOWN)} more are in the page and the journal.`
      : '';
  return `${markdownTable(['Elapsed', 'Workload', 'Pods', 'Reason'], rows, [2])}${more}`;
}

function cautions({ cautions: all = [] }: RunResult): string {
  return all.map((caution) => `> :warning: ${escapeMarkdown(caution)}`).join('\n>\n');
}

/** The scenario's own list; what a scenario without one guesses stands among the inputs. */
function guesses(result: RunResult): string {
  if (result.guesses === undefined) return '';
  return guessList(result)
    .map(({ what, detail }, i) => `${i + 1}. **${escapeMarkdown(what)}**: ${escapeMarkdown(detail)}`)
    .join('\n');
}

function trust({ trust: entries }: RunResult): string {
  const marks = {
    guessed: '❓ guessed',
    'half-guessed': '❔ half guessed',
    defaulted: '⚙️ defaulted',
    measured: '✅ measured',
  };
  const rows = entries.map(({ input, status, detail }) => [
    escapeMarkdown(input),
    marks[status],
    escapeMarkdown(detail),
  ]);
  return rows.length === 0 ? '' : markdownTable(['Input', 'Status', 'Detail'], rows);
}

function assumptions(result: RunResult): string {
  const arrivals = arrivalSentence(result);
  const lines = [...(arrivals === null ? [] : [arrivals]), ...result.assumptions];
  return lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');
}

function identity(result: RunResult, journalFile: string): string {
  const rows = identityLines(result).map(([name, value]) => [escapeMarkdown(name), markdownCode(value)]);
  return markdownTable(['Part', 'Value'], [...rows, ['journal file', markdownCode(journalFile)]]);
}

function folded(summary: string, body: string): string {
  return body === '' ? '' : `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
