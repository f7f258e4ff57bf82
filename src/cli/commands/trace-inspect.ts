import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ArgumentsCamelCase } from 'yargs';
import { InputError } from '../../domain/errors.js';
import type { TraceInspection } from '../../traces/inspect-trace.js';
import type { TraceUnit } from '../../traces/trace.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { dataDirectory } from '../data-directory.js';
import { EXIT } from '../exit-code.js';

interface Options {
  action: string;
  file: string;
  unit: TraceUnit | undefined;
  json: boolean;
}

const units = ['requests', 'requests/s', 'level'] as const;

/** `hindcast trace inspect`: what a traffic trace looks like. */
export const traceCommand: CliCommand<Options> = {
  command: 'trace <action> <file>',
  describe: 'Describe a traffic trace: trace inspect FILE',
  options: (yargs) =>
    yargs
      .positional('action', {
        type: 'string',
        choices: ['inspect'],
        demandOption: true,
        describe: 'What to do with it',
      })
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'CSV file, plain or gzip, or the name of a known trace',
      })
      .option('unit', { choices: units, describe: 'What a value counts, if the file does not tell' })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' })
      .example('$0 trace inspect requests.csv', 'extent, level, bursts and rhythms'),
  run: inspect,
};

async function inspect({ file, unit, json }: ArgumentsCamelCase<Options>, io: CliIo): Promise<number> {
  const { loadTrace } = await import('../../traces/load-trace.js');
  const { inspectTrace } = await import('../../traces/inspect-trace.js');
  const { traceSchema } = await import('../../traces/trace-spec.js');
  const { knownTraces } = await import('../../traces/known-traces.js');
  const named = !existsSync(resolve(io.cwd, file)) && knownTraces.has(file);
  const spec = traceSchema.parse({ ...(named ? { name: file } : { file }), ...(unit === undefined ? {} : { unit }) });
  const loaded = await loadTrace(spec, { scenario: io.cwd, data: dataDirectory(io) });
  if (loaded.kind === 'absent') throw new InputError({ source: file }, 'must be a trace that is here', loaded.sentence);
  const inspection = inspectTrace(loaded.trace);
  io.out(json ? `${JSON.stringify(inspection, null, 2)}\n` : describe(inspection));
  return EXIT.ok;
}

function describe(trace: TraceInspection): string {
  const growth = (factor: number | null): string => (factor === null ? 'unknown' : `${rounded(factor)}x`);
  const per = trace.unit === 'requests' ? `requests in ${trace.stepSeconds} s` : trace.unit;
  const lines = [
    ['from', trace.start ?? 'unknown'],
    ['to', trace.end ?? 'unknown'],
    [
      'bins',
      `${Math.round(trace.lengthSeconds / trace.stepSeconds)} of ${trace.stepSeconds} s, from ${trace.rows} rows`,
    ],
    ['gaps', `${trace.gaps}, ${trace.repaired} bins filled`],
    ['mean', `${rounded(trace.mean)} ${per}`],
    ['p99', rounded(trace.p99)],
    [
      'peak',
      `${rounded(trace.max)}${trace.peakToMean === null ? '' : `, ${rounded(trace.peakToMean)} times the mean`}`,
    ],
    ['variation', trace.cv === null ? 'unknown' : `${rounded(trace.cv)} (standard deviation over mean)`],
    ['growth', `${growth(trace.worstGrowth.m5)} within 5 min, ${growth(trace.worstGrowth.m30)} within 30 min`],
    [
      'rhythms',
      trace.periods.map(({ seconds, share }) => `${rounded(seconds / 3600)} h (${rounded(share * 100)}%)`).join(', ') ||
        'none found',
    ],
  ];
  const notes = trace.notes.map((note) => `  note       ${note}`);
  return `${[trace.name, `  ${trace.sparkline}`, ...lines.map(([name, value]) => `  ${name.padEnd(10)} ${value}`), ...notes].join('\n')}\n`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}
