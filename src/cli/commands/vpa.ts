import type { ArgumentsCamelCase } from 'yargs';
import type { z } from 'zod';
import { InputError } from '../../domain/errors.js';
import { formatNumber, formatShare } from '../../domain/number-format.js';
import { zCpu, zMemory } from '../../domain/quantity.js';
import type { UsageFit, UsageReplay } from '../../experiment/vertical/usage-replay.js';
import type { CliCommand } from '../cli-command.js';
import type { CliIo } from '../cli-io.js';
import { EXIT } from '../exit-code.js';

const modes = ['Off', 'Initial', 'Recreate', 'InPlaceOrRecreate', 'InPlace'] as const;

interface Options {
  recording: string;
  series: string | undefined;
  cpu: string;
  'cpu-limit': string | undefined;
  memory: string;
  'memory-limit': string | undefined;
  mode: (typeof modes)[number];
  'machine-memory': string | undefined;
  json: boolean;
}

/** `hindcast vpa`: what VPA would have done along a recording of usage, and how that would have fared. */
export const vpaCommand: CliCommand<Options> = {
  command: 'vpa <recording>',
  describe: 'Run VPA along a recording of CPU and memory usage',
  options: (yargs) =>
    yargs
      .positional('recording', {
        type: 'string',
        demandOption: true,
        describe: 'CSV, plain or gzip: a machine (Bitbrains, Alibaba), or a table with a column for each machine',
      })
      .option('series', { type: 'string', requiresArg: true, describe: 'One machine of a table; all if left out' })
      .option('cpu', { type: 'string', default: '1', requiresArg: true, describe: 'CPU request at first' })
      .option('cpu-limit', { type: 'string', requiresArg: true, describe: 'CPU limit at first; none if left out' })
      .option('memory', { type: 'string', default: '2Gi', requiresArg: true, describe: 'Memory request at first' })
      .option('memory-limit', { type: 'string', requiresArg: true, describe: 'Memory limit; none if left out' })
      .option('mode', { choices: modes, default: 'Recreate' as const, describe: 'How recommendations reach the pod' })
      .option('machine-memory', {
        type: 'string',
        requiresArg: true,
        describe: 'Memory of which 100% is, where the recording has percentages',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON document' })
      .example(
        '$0 vpa usage.csv --cpu 1 --cpu-limit 1 --memory 2Gi --memory-limit 2Gi',
        'requests that are limits too',
      ),
  run: replay,
};

async function replay(options: ArgumentsCamelCase<Options>, io: CliIo): Promise<number> {
  const { readUsageTrace } = await import('../../traces/usage/read-usage-trace.js');
  const { replayUsage } = await import('../../experiment/vertical/replay-usage.js');
  const { zVpa } = await import('../../engine/vertical/vpa-schema.js');
  const start = {
    request: { cpuMillis: amount(zCpu, '--cpu', options.cpu), memoryMiB: amount(zMemory, '--memory', options.memory) },
    limit: {
      ...(options.cpuLimit === undefined ? {} : { cpuMillis: amount(zCpu, '--cpu-limit', options.cpuLimit) }),
      ...(options.memoryLimit === undefined
        ? {}
        : { memoryMiB: amount(zMemory, '--memory-limit', options.memoryLimit) }),
    },
  };
  const { machineMemory } = options;
  const trace = await readUsageTrace(
    options.recording,
    machineMemory === undefined ? {} : { memoryMiB: amount(zMemory, '--machine-memory', machineMemory) },
  );
  const known = trace.series.map(({ name }) => name);
  const chosen = trace.series.filter(({ name }) => options.series === undefined || name === options.series);
  if (chosen.length === 0) {
    const some = known.slice(0, 5).join(', ');
    throw new InputError(
      { source: '--series' },
      `must be one of ${some}${known.length > 5 ? ', ...' : ''}, was ${JSON.stringify(options.series)}`,
    );
  }
  const settings = zVpa.parse({ updateMode: options.mode });
  const replays = chosen.map((series) => replayUsage(series, settings, start));
  const notes = [...new Set([...trace.notes, ...replays.flatMap((one) => one.notes)])];
  if (options.json) {
    io.out(`${JSON.stringify({ recording: trace.name, sha256: trace.sha256, notes, replays }, null, 2)}\n`);
    return EXIT.ok;
  }
  io.out(`${replays.map(told).join('\n')}${notes.map((note) => `  note  ${note}\n`).join('')}`);
  return EXIT.ok;
}

function amount(schema: z.ZodType<number>, source: string, text: string): number {
  const read = schema.safeParse(text);
  if (read.success && read.data > 0) return read.data;
  const problem = read.success ? `must be above 0, was ${JSON.stringify(text)}` : read.error.issues[0].message;
  throw new InputError({ source }, problem);
}

const rows: readonly (readonly [name: string, of: (fit: UsageFit) => string])[] = [
  ['CPU requested, mean', ({ meanCpuRequestMillis }) => `${formatNumber(meanCpuRequestMillis)}m`],
  ['CPU requested and not used', ({ cpuSlackMillis }) => `${formatNumber(cpuSlackMillis)}m`],
  ['CPU above its request', ({ cpuAboveRequestShare }) => `${formatShare(cpuAboveRequestShare)} of the time`],
  ['CPU throttled', ({ throttledShare }) => `${formatShare(throttledShare)} of the time`],
  ['memory requested, mean', ({ meanMemoryRequestMiB }) => `${formatNumber(meanMemoryRequestMiB)} MiB`],
  ['memory requested and not used', ({ memorySlackMiB }) => `${formatNumber(memorySlackMiB)} MiB`],
  ['memory above its request', ({ memoryAboveRequestShare }) => `${formatShare(memoryAboveRequestShare)} of the time`],
  ['OOM kills', ({ oomKills }) => String(oomKills)],
];

function told({ series, fit, unchanged, updates, recommendations }: UsageReplay): string {
  const line = (name: string, one: string, other: string): string =>
    `  ${name.padEnd(31)}${one.padStart(22)}${other.padStart(22)}\n`;
  const last = recommendations.at(-1);
  const target =
    last === undefined
      ? 'none'
      : `${formatNumber(last.target.cpuMillis ?? null)}m, ${formatNumber(last.target.memoryMiB ?? null)} MiB`;
  return [
    `${series}: ${formatNumber(fit.coveredHours)} h, ${updates.length} updates; last target ${target}\n`,
    line('', 'with VPA', 'unchanged'),
    ...rows.map(([name, of]) => line(name, of(fit), of(unchanged))),
  ].join('');
}
