import type { ArgumentsCamelCase } from 'yargs';
import type { Decision } from '../../domain/decision.js';
import { InputError } from '../../domain/errors.js';
import { closest } from '../../domain/did-you-mean.js';
import { micros } from '../../kernel/micros.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';
import { findRun } from '../find-run.js';
import { runInstant } from '../run-instant.js';

interface Options {
  run: string;
  at: string | undefined;
  between: string[] | undefined;
  workload: string | undefined;
}

/** `hindcast explain`: why the engine did what it did, in prose. */
export const explainCommand: CliCommand<Options> = {
  command: 'explain <run>',
  describe: 'Explain why a run scaled, in prose',
  options: (yargs) =>
    yargs
      .positional('run', {
        type: 'string',
        demandOption: true,
        describe: 'Folder of a report, or its name under reports/: NAME, or NAME/VARIANT',
      })
      .option('at', {
        type: 'string',
        requiresArg: true,
        describe: 'Decisions in force at a time, as 12:03 or 1d 00:30',
      })
      .option('between', {
        type: 'string',
        array: true,
        nargs: 2,
        conflicts: 'at',
        describe: 'Decisions between two times',
      })
      .option('workload', { type: 'string', requiresArg: true, describe: 'Of this workload alone' })
      .example('$0 explain quickstart', 'every change of the number of pods and of the balancers')
      .example('$0 explain quickstart --at 19:03 --workload web', 'one decision')
      .example('$0 explain quickstart --between 19:00 19:10', 'ten minutes, holds included'),
  run: explain,
};

async function explain(options: ArgumentsCamelCase<Options>, io: CliIo): Promise<number> {
  const { decisions, originEpochMicros, shown } = await readRun(options, io);
  const { actsOnTraffic, explainDecision, explainRange, formatClock } = await import('../../report/explain.js');
  const instant = (text: string, name: string) => runInstant(text, originEpochMicros, name);
  if (options.at !== undefined) {
    const at = instant(options.at, '--at');
    const inForce = latest(decisions, at);
    if (inForce.length === 0)
      throw new InputError({ source: shown }, `has no decision at or before ${options.at}`, span(decisions));
    io.out(`${inForce.map((decision) => explainDecision(decision, formatClock)).join('\n')}\n`);
    return EXIT.ok;
  }
  if (options.between !== undefined) {
    const [from, to] = options.between.map((text) => instant(text, '--between'));
    if (!(to > from))
      throw new InputError(
        { source: '--between' },
        'must be an earlier and a later time',
        'For example --between 12:00 12:10.',
      );
    const lines = explainRange(decisions, from, micros(to + 1));
    io.out(lines.length === 0 ? `Nothing was decided then. ${span(decisions)}\n` : `${lines.join('\n')}\n`);
    return EXIT.ok;
  }
  const changes = decisions.filter((decision) => decision.direction !== 'hold' || actsOnTraffic(decision));
  io.out(
    changes.length === 0
      ? `The number of pods never changed in ${decisions.length} decisions.\n`
      : `${changes.map((decision) => explainDecision(decision, formatClock)).join('\n')}\n`,
  );
  return EXIT.ok;
}

async function readRun(options: Options, io: CliIo) {
  const { journalLines } = await import('../../experiment/journal-lines.js');
  const { readJournalHeader } = await import('../../experiment/journal-header.js');
  const { isDecisionLine, readDecision } = await import('../../experiment/read-decisions.js');
  const { journal, shown } = await findRun(options.run, io);
  const decisions: Decision[] = [];
  let originEpochMicros = 0;
  let number = 0;
  for await (const line of journalLines(journal)) {
    number += 1;
    if (number === 1) {
      const { engine } = readJournalHeader(line, shown);
      originEpochMicros = engine.originEpochMicros;
      requireWorkload(options.workload, engine.workloads);
    } else if (isDecisionLine(line)) {
      const decision = readDecision(line, shown, number);
      if (options.workload === undefined || options.workload === decision.workload) decisions.push(decision);
    }
  }
  return { decisions, originEpochMicros, shown };
}

function requireWorkload(wanted: string | undefined, workloads: readonly { readonly name: string }[]): void {
  const known = workloads.map(({ name }) => name);
  if (wanted === undefined || known.includes(wanted)) return;
  const meant = closest(wanted, known);
  const hint = meant === null ? `Known are ${known.join(', ')}.` : `Did you mean ${meant}?`;
  throw new InputError({ source: '--workload' }, `must be a workload of the run, was ${JSON.stringify(wanted)}`, hint);
}

/** The last decision of every workload at or before an instant. */
function latest(decisions: readonly Decision[], at: number): readonly Decision[] {
  const byWorkload = new Map<string, Decision>();
  for (const decision of decisions) if (decision.at <= at) byWorkload.set(decision.workload, decision);
  return [...byWorkload.values()];
}

function span(decisions: readonly Decision[]): string {
  if (decisions.length === 0) return 'The run has no decisions.';
  const last = decisions[decisions.length - 1].at / 6e7;
  return `Decisions end ${Math.floor(last / 60)} h ${Math.floor(last % 60)} min after the warm-up.`;
}
