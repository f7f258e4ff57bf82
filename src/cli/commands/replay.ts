import type { ArgumentsCamelCase } from 'yargs';
import { InputError } from '../../domain/errors.js';
import { readJournalLine } from '../../engine/read-journal-line.js';
import { type JournalEntry, replay } from '../../engine/replay.js';
import { TextHash } from '../../kernel/text-hash.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';
import { findRun } from '../find-run.js';
import { type PluginWords, pluginOption, pluginsOf } from '../plugin-option.js';

interface Options extends PluginWords {
  run: string;
}

/** `hindcast replay`: feeds the facts of a journal to a fresh engine, which must come to the same commands and decisions. */
export const replayCommand: CliCommand<Options> = {
  command: 'replay <run>',
  describe: 'Feed the recorded facts to a fresh engine: it must decide the same',
  options: (yargs) =>
    pluginOption(yargs)
      .positional('run', {
        type: 'string',
        demandOption: true,
        describe: 'Folder of a report, its name under reports/ (NAME, or NAME/VARIANT), or a journal',
      })
      .example('$0 replay quickstart', 'the journal in reports/quickstart')
      .example('$0 replay incident.jsonl.gz', 'a journal alone'),
  run: replayRun,
};

async function replayRun(options: ArgumentsCamelCase<Options>, io: CliIo): Promise<number> {
  const { journalLines } = await import('../../experiment/journal-lines.js');
  const { readJournalHeader } = await import('../../experiment/journal-header.js');
  const { journal, shown } = await findRun(options.run, io);
  const lines: string[] = [];
  for await (const line of journalLines(journal)) lines.push(line);
  if (lines.length === 0) throw new InputError({ source: shown }, 'must be a journal, was empty');
  const { engine, identity } = readJournalHeader(lines[0], shown);
  const plugins = await pluginsOf(options, io);
  rejectOtherPlugins(identity.pluginHashes, plugins.hashes, shown);
  const result = replay(entriesOf(lines, shown), engine, plugins.registries);
  if (result.divergence !== null) {
    const { seq, expected, actual } = result.divergence;
    io.out(
      `The engine parts from the journal of ${identity.scenario} at entry ${seq}.\n  journal: ${expected}\n  engine:  ${actual}\n`,
    );
    return EXIT.failed;
  }
  const { facts, commands, decisions } = result;
  io.out(
    `${facts} facts replayed: ${commands} commands and ${decisions} decisions are identical.\nJournal ${hashOf(lines)}\n`,
  );
  return EXIT.ok;
}

/** Another plugin would be another engine. */
function rejectOtherPlugins(
  recorded: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
  source: string,
): void {
  for (const [name, hash] of Object.entries(recorded)) {
    if (given[name] === hash) continue;
    const found = Object.hasOwn(given, name) ? 'has changed since' : 'is missing';
    throw new InputError(
      { source },
      `must be replayed with the plugin ${name} that it was recorded with, which ${found}`,
      `Give --plugin with the file of SHA-256 ${hash.slice(0, 12)}.`,
    );
  }
}

function* entriesOf(lines: readonly string[], source: string): Generator<JournalEntry> {
  for (let i = 1; i < lines.length; i += 1) yield readJournalLine(lines[i], source, i + 1);
}

/** The hash of the numbered entries, as the run reported it. */
function hashOf(lines: readonly string[]): string {
  const hash = new TextHash();
  for (let i = 1; i < lines.length; i += 1) hash.add(lines[i]).add('\n');
  return hash.hex();
}
