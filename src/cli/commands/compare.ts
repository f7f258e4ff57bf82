import { readFile } from 'node:fs/promises';
import type { ArgumentsCamelCase } from 'yargs';
import type { Comparison } from '../../domain/comparison.js';
import type { RunGroup } from '../../experiment/compare/compare-runs.js';
import type { ComparisonTable, ComparisonView } from '../../report/compare/comparison-view.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';
import { type FoundResults, findResults } from '../find-results.js';
import { productVersion } from '../product-version.js';
import { UsageError } from '../usage-error.js';

interface Options {
  runs: string[];
  markdown: boolean;
  json: boolean;
}

/** `hindcast compare`: finished runs against the first of them. */
export const compareCommand: CliCommand<Options> = {
  command: 'compare <runs..>',
  describe: 'Compare finished runs: absolute, relative, and what was chosen differently',
  options: (yargs) =>
    yargs
      .positional('runs', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Folders of reports, their names under reports/, or result.json files; all against the first',
      })
      .option('markdown', { type: 'boolean', default: false, describe: 'Print Markdown for a pull request' })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' })
      .example('$0 compare quickstart more-catalogue', 'two reports under reports/')
      .example('$0 compare sale/base sale/eager --markdown', 'two variants, paired by seed'),
  run: compare,
};

async function compare({ runs, markdown, json }: ArgumentsCamelCase<Options>, io: CliIo): Promise<number> {
  if (markdown && json) throw new UsageError('--markdown and --json are two forms of one output.\n  Choose one.');
  const { compareRuns } = await import('../../experiment/compare/compare-runs.js');
  const groups = await groupsOf(runs, io);
  if (groups.length < 2) {
    throw new UsageError('There is one run and nothing to compare it with.\n  Name a second one after it.');
  }
  const [first, ...others] = groups;
  io.out(await drawn(compareRuns(first, others), { markdown, json }));
  return EXIT.ok;
}

async function drawn(comparison: Comparison, { markdown, json }: Omit<Options, 'runs'>): Promise<string> {
  if (json) return (await import('../../report/compare/comparison-json.js')).comparisonJson(comparison);
  if (markdown) return (await import('../../report/compare/comparison-markdown.js')).comparisonMarkdown(comparison);
  const { comparisonView } = await import('../../report/compare/comparison-view.js');
  return terminalText(comparisonView(comparison));
}

/** Every choice that was named, with its results; a document of several variants is as many choices. */
async function groupsOf(names: readonly string[], io: CliIo): Promise<readonly RunGroup[]> {
  const found: FoundResults[] = [];
  for (const name of names) found.push(...(await findResults(name, io)));
  const groups = await Promise.all(found.map(readGroups));
  const counts = new Map<string, number>();
  return groups.flat().map(({ name, runs }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { name: count === 1 ? name : `${name} (${count})`, runs };
  });
}

async function readGroups({ name, files }: FoundResults): Promise<readonly RunGroup[]> {
  const { recordedRuns } = await import('../../experiment/compare/recorded-run.js');
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const runs = texts.flatMap((text, i) => recordedRuns(text, files[i], productVersion()));
  const variants = [...new Set(runs.map(({ variant }) => variant ?? ''))];
  if (files.length > 1 || variants.length === 1) return [{ name, runs }];
  return variants.map((variant) => ({
    name: variant === '' ? name : `${name}/${variant}`,
    runs: runs.filter((run) => (run.variant ?? '') === variant),
  }));
}

async function terminalText(view: ComparisonView): Promise<string> {
  const parts = [
    `${view.title}\n`,
    ...view.warnings.map((warning) => `Warning: ${warning}\n`),
    view.metrics.rows.length === 0 ? 'Every number is the same.\n' : await terminalTable(view.metrics),
    view.same.length === 0 ? '' : `No difference in: ${view.same.join(', ')}.\n`,
    view.settings.rows.length === 0
      ? 'The settings are the same.\n'
      : `Chosen differently:\n${await terminalTable(view.settings)}`,
    `${view.note}\n`,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

async function terminalTable({ head, rows }: ComparisonTable): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const right = (i: number): boolean => i > 0 && head[i] !== 'Verdict' && head[0] !== 'Setting';
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, i) => (right(i) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map(({ cells, stressed }) => cells.map((cell, i) => (stressed.includes(i) ? `${cell} *` : cell))));
  return `${table.toString()}\n`;
}
