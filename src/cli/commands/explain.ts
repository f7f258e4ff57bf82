import type { ArgumentsCamelCase } from 'yargs';
import type { Decision } from '../../domain/decision.js';
import { InputError } from '../../domain/errors.js';
import { closest } from '../../domain/did-you-mean.js';
import { micros } from '../../kernel/micros.js';
import type { LoadResponse } from '../../domain/load-response.js';
import { plural } from '../../domain/number-format.js';
import type { Clock } from '../../report/explain.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';
import { findRun } from '../find-run.js';
import { runInstant } from '../run-instant.js';
import { runResponses } from '../run-responses.js';
import { requireWithin, runLength } from '../run-length.js';

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
        describe: 'Decisions in force at a time of the run, as 12:03, 1d 00:30 or 2026-01-05T12:03Z',
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
  const { decisions, responses, length, shown } = await readRun(options, io);
  const { actsOnTraffic, explainDecision, explainRange, explainResponse, formatClock } =
    await import('../../report/explain.js');
  const within = (from: number, to: number): readonly string[] =>
    responses
      .filter(
        ({ fromSeconds, responseSeconds }) => fromSeconds * 1e6 <= to && (fromSeconds + responseSeconds) * 1e6 >= from,
      )
      .flatMap((response) => ['', ...explainResponse(response, formatClock)]);
  const instant = (text: string, option: string) => {
    const at = runInstant(text, length.originEpochMicros, option);
    requireWithin(at / 1e6, { text, option }, length, (seconds) => formatClock(micros(seconds * 1e6)));
    return at;
  };
  if (options.at !== undefined) {
    const at = instant(options.at, '--at');
    const inForce = latest(decisions, at);
    if (inForce.length === 0)
      throw new InputError({ source: shown }, `has no decision at or before ${options.at}`, span(decisions));
    const lines = inForce.map((decision) => explainDecision(decision, formatClock));
    io.out(`${[...lines, ...within(at, at)].join('\n')}\n`);
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
    const lines = [...explainRange(decisions, from, micros(to + 1)), ...within(from, to)];
    io.out(lines.length === 0 ? `Nothing was decided then. ${span(decisions)}\n` : `${lines.join('\n')}\n`);
    return EXIT.ok;
  }
  const changes = decisions.filter((decision) => decision.direction !== 'hold' || actsOnTraffic(decision));
  const lines =
    changes.length === 0
      ? [`The number of pods never changed in ${decisions.length} decisions.`]
      : changes.map((decision) => explainDecision(decision, formatClock));
  io.out(`${[...lines, ...responsesHint(responses, formatClock)].join('\n')}\n`);
  return EXIT.ok;
}

/** Where the times of shortages can be asked for, where there were any. */
function responsesHint(responses: readonly LoadResponse[], clock: Clock): readonly string[] {
  if (responses.length === 0) return [];
  const longest = responses.reduce((worst, one) => (one.responseSeconds > worst.responseSeconds ? one : worst));
  const middle = longest.fromSeconds + longest.responseSeconds / 2;
  const at = clock(micros(Math.round(middle) * 1e6));
  const count = plural(responses.length, 'shortage was', 'shortages were');
  return ['', `${count} ended by pods; --at '${at}' shows where the time of the longest (${longest.workload}) went.`];
}

async function readRun(options: Options, io: CliIo) {
  const { journalLines } = await import('../../experiment/journal-lines.js');
  const { readJournalHeader } = await import('../../experiment/journal-header.js');
  const { isDecisionLine, readDecision } = await import('../../experiment/read-decisions.js');
  const { journal, shown, folder } = await findRun(options.run, io);
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
  const responses = (await runResponses(folder)).filter(
    ({ workload }) => options.workload === undefined || options.workload === workload,
  );
  return { decisions, responses, length: await runLength(folder, decisions, originEpochMicros), shown };
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
